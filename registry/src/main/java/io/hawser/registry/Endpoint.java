package io.hawser.registry;

import io.hawser.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where one replica of the registry can be reached.
 *
 * @param address the address of its host
 * @param domain the name by which images call the registry
 * @param port the port in that name
 * @param url the address of the replica's API without a path, for example {@code
 *     http://10.0.0.1:5000}
 * @param authorization the value of the header Authorization, or null where none is needed
 * @param caCertificate the certificate, in PEM, of the authority that the node has to trust for
 *     this replica, and for nothing else; null with plain HTTP, or where nothing has to be done
 */
public record Endpoint(
    String address,
    String domain,
    int port,
    String url,
    @Nullable Secret authorization,
    @Nullable String caCertificate) {

  /** An endpoint without an authority of its own. */
  public Endpoint(
      String address, String domain, int port, String url, @Nullable Secret authorization) {
    this(address, domain, port, url, authorization, null);
  }

  /** What stands before the name of an image: {@code domain:port}, an IPv6 address in brackets. */
  public String authority() {
    return (domain.contains(":") ? "[" + domain + "]" : domain) + ":" + port;
  }
}
