package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.host.NodeFacts;
import java.util.List;

/**
 * Writes the list that a node's health watch reads: what each replica is called, with what it is
 * asked, and the lines about it in the files that the watch derives. Each line begins with a word
 * that says what it is, most of them with the replica's number next.
 */
final class WatchedList {
  private static final String FORMAT = "hawser-registry-watch 1";

  private final StringBuilder out = new StringBuilder(FORMAT + "\n");

  private WatchedList() {}

  /**
   * The text of the list.
   *
   * @param order the replicas in the node's order
   * @param root below which the node lives, empty for none
   * @param toml where containerd's file lies, empty when the node has none
   * @param hosts where the hosts file lies, empty when it is not used
   */
  static String of(NodeFacts node, List<Endpoint> order, String root, String toml, String hosts) {
    WatchedList list = new WatchedList();
    list.line("replicas", String.valueOf(order.size()));
    list.content(node);
    if (!toml.isEmpty()) {
      list.line("toml", root + toml);
      list.line("head", HostsToml.HEAD);
    }
    if (!hosts.isEmpty()) {
      list.line("hosts", root + hosts);
      list.line("block", HostsFileEndpoints.marker(order.get(0).domain()));
    }
    for (int i = 0; i < order.size(); i++) {
      list.replica(" " + (i + 1), order.get(i), root);
    }
    return list.out.toString();
  }

  private void line(String word, String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an endpoint of the registry holds a control character");
    }
    out.append(word).append(' ').append(text).append('\n');
  }

  /** What is fetched: the digest that it has, and its path. */
  private void content(NodeFacts node) {
    String repository = node.get("known.repository");
    if (repository.isEmpty()) {
      line("path", ReplicaProbe.EMPTY_OBJECT + " /v2/");
      return;
    }
    String manifest = node.get("known.manifest");
    String blob = node.get("known.blob");
    line("path", manifest + " " + manifestPath(node));
    line("path", blob + " /v2/" + repository + "/blobs/sha256:" + blob);
  }

  /** The path of the manifest that all replicas have; that of the API when they hold nothing. */
  static String manifestPath(NodeFacts node) {
    String repository = node.get("known.repository");
    return repository.isEmpty()
        ? "/v2/"
        : "/v2/" + repository + "/manifests/sha256:" + node.get("known.manifest");
  }

  private void replica(String number, Endpoint replica, String root) {
    line("name" + number, EndpointUrl.plain(replica));
    header(number, "Accept: " + Manifest.ACCEPT);
    Secret authorization = replica.authorization();
    if (authorization != null) {
      header(number, "Authorization: " + authorization.reveal());
    }
    if (replica.caCertificate() != null) {
      String ca = root + CaFile.path(replica);
      line("curl" + number, "cacert = " + QuotedText.of("the path of the authority", ca));
      line("wget" + number, "ca_certificate = " + ca);
    }
    HostsToml.server(replica).forEach(text -> line("server" + number, text));
    HostsToml.table(replica).forEach(text -> line("table" + number, text));
    line("line" + number, HostsFileEndpoints.line(replica));
  }

  private void header(String number, String text) {
    line("curl" + number, "header = " + QuotedText.of("what the watch asks with", text));
    line("wget" + number, "header = " + text);
  }
}
