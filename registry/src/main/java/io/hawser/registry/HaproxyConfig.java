package io.hawser.registry;

import com.google.common.net.InetAddresses;
import io.hawser.Secret;
import java.util.List;
import java.util.Objects;

/**
 * Writes the configuration of an HAProxy (tried with 2.6) that runs on the node itself and hands
 * each request to the first replica that is up. The checks log in; clients log in themselves, so
 * that the proxy opens the registry to nobody on the node.
 *
 * <p>A replica that stops answering is left after the limits below: a request that has no answer
 * yet is asked of the next one, and what is under way is cut when the checks have failed, so that
 * the client asks again.
 */
final class HaproxyConfig {
  private static final String SETTINGS =
      """
      global
        maxconn 4096

      defaults
        mode http
        maxconn 4096
        timeout connect 1s
        timeout client 1m
        timeout server 5s
        timeout check 1s
        timeout http-request 10s
        timeout queue 5s
        option redispatch 1
        retries 3
        retry-on conn-failure empty-response junk-response response-timeout 401 404 500 502 503 504

      """;

  private HaproxyConfig() {}

  /**
   * The text of the file; it holds the credentials.
   *
   * @param listen address and port on which the node's clients call, for example {@code
   *     127.0.0.1:5000}
   * @param order the replicas in the node's order
   * @param ca where the file with their authority lies, of use with TLS only
   * @param checked path that the checks fetch: {@code /v2/}, or, to see more than that a registry
   *     runs, a manifest or blob that each replica has
   */
  static String of(String listen, List<Endpoint> order, String ca, String checked) {
    if (!listen.matches("(\\[[0-9a-fA-F:]+]|[0-9.]+):[0-9]+") || !checked.matches("/[\\w./:-]*")) {
      throw new IllegalArgumentException(
          "\"" + listen + "\" is not an address and port, or \"" + checked + "\" not a plain path");
    }
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. The order is this node's own.\n").append(SETTINGS);
    out.append("frontend registry\n  bind ").append(bound(listen)).append('\n');
    out.append("  default_backend replicas\n\nbackend replicas\n");
    // Not "backup": of those only one is ever used, and none while a server that failed is up yet.
    out.append("  balance first\n  option httpchk\n");
    out.append("  http-check send meth GET uri ").append(checked).append(" ver HTTP/1.1 hdr Host ");
    out.append(EndpointUrl.of(order.get(0)).authority());
    // Without it a registry denies to have manifests of newer kinds.
    out.append(" hdr Accept '").append(Manifest.ACCEPT).append('\'');
    Secret authorization = order.get(0).authorization();
    if (authorization != null) {
      out.append(" hdr Authorization '").append(plain(authorization)).append('\'');
    }
    out.append("\n  http-check expect status 200\n");
    out.append("  default-server check inter 1s fall 2 rise 2 on-marked-down shutdown-sessions\n");
    for (int i = 0; i < order.size(); i++) {
      out.append("  server replica")
          .append(i + 1)
          .append(' ')
          .append(server(order, i))
          .append(tls(order.get(i), ca))
          .append('\n');
    }
    return out.toString();
  }

  /** The syntax of HAProxy has no brackets: the last colon ends the address. */
  private static String bound(String socket) {
    return socket.startsWith("[") ? "ipv6@" + socket : socket;
  }

  private static String server(List<Endpoint> order, int i) {
    Endpoint replica = order.get(i);
    EndpointUrl url = EndpointUrl.of(replica);
    if (i > 0 && !sameLogin(order.get(0), replica)) {
      throw new IllegalArgumentException(
          replica.address() + ": behind one proxy all replicas have the same credentials");
    }
    return bound(EndpointUrl.socket(EndpointUrl.address(replica), url.port()));
  }

  /**
   * The certificate has to be of the cluster's own authority, which signs for nobody else, and for
   * the registry's name; addresses in certificates are not looked at by HAProxy.
   */
  private static String tls(Endpoint replica, String ca) {
    if (!EndpointUrl.of(replica).tls()) {
      return "";
    }
    if (!ca.matches("/[\\w./@+-]+")) {
      throw new IllegalArgumentException(
          "HAProxy's file cannot carry the path of the authority: " + ca);
    }
    String name = replica.domain();
    String named =
        InetAddresses.isInetAddress(name) ? "" : " verifyhost " + name + " sni str(" + name + ")";
    return " ssl verify required ca-file " + ca + named;
  }

  private static boolean sameLogin(Endpoint one, Endpoint other) {
    return Objects.equals(one.authorization(), other.authorization());
  }

  /** In single quotes HAProxy takes everything as it is, but a single quote. */
  private static String plain(Secret header) {
    if (!header.reveal().matches("[ -~&&[^']]+")) {
      throw new IllegalArgumentException(
          "the registry's authorization holds a character that HAProxy's file cannot carry");
    }
    return header.reveal();
  }
}
