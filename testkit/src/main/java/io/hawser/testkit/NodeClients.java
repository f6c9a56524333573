package io.hawser.testkit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** HTTP clients of a node: one for each text of authorities that its lists of endpoints name. */
final class NodeClients {
  private final Path root;
  private final Duration timeout;
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  NodeClients(Path root, Duration timeout) {
    this.root = root;
    this.timeout = timeout;
  }

  /**
   * A client that trusts the authorities of a file of the node as it is now, or those of the JVM.
   *
   * @throws IOException if the file cannot be read
   */
  HttpClient trusting(Optional<String> file) throws IOException {
    String authorities =
        file.isEmpty() ? "" : Files.readString(HostPaths.resolve(root, file.get()));
    HttpClient known = clients.get(authorities);
    if (known != null) {
      return known;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    if (file.isPresent()) {
      builder.sslContext(PemTls.trusting(authorities));
    }
    HttpClient made = builder.build();
    clients.put(authorities, made);
    return made;
  }
}
