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
    String scheme = settings.transport() == RegistryTransport.TLS ? "https://" : "http://";
    return new Endpoint(
        host.address(),
        settings.domain(),
        settings.port(),
        scheme + authority(host, settings.port()),
        Secret.of("Basic " + basic),
        settings.caCertificate());
  }

  /** The address and port as they stand in a URL: IPv6 in brackets. */
  static String authority(Host host, int port) {
    boolean v6 = host.address().contains(":");
    return (v6 ? "[" + host.address() + "]" : host.address()) + ":" + port;
  }
}
