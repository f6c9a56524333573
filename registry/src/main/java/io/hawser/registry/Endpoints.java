package io.hawser.registry;

import com.google.common.io.BaseEncoding;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import java.nio.charset.StandardCharsets;

/** Computes the endpoint of a replica. */
final class Endpoints {
  private Endpoints() {}

  static Endpoint of(Host host, RegistrySettings settings) {
    String user = settings.username() + ":" + settings.password().reveal();
    String basic = BaseEncoding.base64().encode(user.getBytes(StandardCharsets.UTF_8));
    return new Endpoint(
        host.address(),
        settings.domain(),
        settings.port(),
        url(host, settings.port(), settings.transport()),
        Secret.of("Basic " + basic),
        settings.caCertificate());
  }

  static String url(Host host, int port, RegistryTransport transport) {
    String scheme = transport == RegistryTransport.TLS ? "https://" : "http://";
    return scheme + authority(host, port);
  }

  /** The address and port as they stand in a URL: IPv6 in brackets. */
  static String authority(Host host, int port) {
    boolean v6 = host.address().contains(":");
    return (v6 ? "[" + host.address() + "]" : host.address()) + ":" + port;
  }
}
