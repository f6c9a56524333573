package io.hawser.testkit;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.FileChange;
import io.hawser.host.NodeFacts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of a registry with TLS on 127.0.0.1, as Hawser makes them. */
record TestTls(Path server, Path authority) {
  static TestTls in(Path directory) throws IOException {
    Host host = Host.at("127.0.0.1").roles(Role.MASTER).build();
    Registries registries =
        Registries.builder(Cluster.named("test").hosts(host).build())
            .secrets(ClusterSecretStores.inMemory())
            .transport(RegistryTransport.TLS)
            .build();
    FileChange file =
        registries.installChanges(host, NodeFacts.of(Map.of("tools", "registry"))).stream()
            .filter(change -> change.target().endsWith(".pem"))
            .map(FileChange.class::cast)
            .findFirst()
            .orElseThrow();
    Files.createDirectories(directory);
    return new TestTls(
        Files.writeString(directory.resolve("server.pem"), file.content().reveal()),
        Files.writeString(directory.resolve("ca.pem"), registries.settings(host).caCertificate()));
  }
}
