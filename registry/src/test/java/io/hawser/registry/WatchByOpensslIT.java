package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.NodeFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The health watch on a node that has neither curl nor wget, before two real registries with TLS.
 */
class WatchByOpensslIT {
  private static final Path SCRIPT =
      Path.of("src/main/resources/io/hawser/registry/registry-watch.sh");

  @TempDir Path directory;

  @BeforeEach
  void programsAreThere() {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo", "curl", "openssl");
  }

  /** The script as a node runs it on which the other programs are not found. */
  private Path script() throws Exception {
    String text =
        Files.readString(SCRIPT)
            .replace("command -v curl", "command -v curl.absent")
            .replace("command -v wget", "command -v wget.absent");
    return Files.writeString(directory.resolve("watch.sh"), text);
  }

  private String await(String file, Predicate<String> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    String text = Files.readString(directory.resolve(file));
    while (!condition.test(text) && System.nanoTime() < end) {
      Thread.sleep(50);
      text = Files.readString(directory.resolve(file));
    }
    assertThat(condition.test(text)).as(file + ":\n" + text).isTrue();
    return text;
  }

  private RegistryProcess start(ServedReplicas replicas) throws Exception {
    KnownArtifact known = replicas.known();
    NodeFacts node =
        NodeFacts.of(
            Map.of(
                "address", "127.0.0.1",
                "known.repository", known.repository(),
                "known.manifest", known.manifest(),
                "known.blob", known.blob()));
    List<Endpoint> order = replicas.endpoints();
    Files.writeString(directory.resolve("hosts.toml"), HostsToml.of(order));
    Path list = directory.resolve("list");
    Files.writeString(list, WatchedList.of(node, order, directory.toString(), "/hosts.toml", ""));
    return RegistryProcess.start(
        directory.resolve("watch.log"), List.of("sh", script().toString(), list.toString()));
  }

  private void trust(ServedReplicas replicas, String certificate) throws Exception {
    Endpoint any = replicas.endpoints().get(0);
    Path place = Path.of(directory + CaFile.path(any));
    Files.createDirectories(place.getParent());
    Files.writeString(place, certificate);
  }

  @Test
  @DisplayName("S11 openssl finds a hung replica, with right answers from the other one")
  void s11HungReplicaIsListedLast() throws Exception {
    try (ServedReplicas replicas = new ServedReplicas(directory, true)) {
      trust(replicas, replicas.endpoints().get(0).caCertificate());
      try (RegistryProcess watch = start(replicas)) {
        assertThat(watch).isNotNull();
        String first = replicas.endpoints().get(0).url();
        String second = replicas.endpoints().get(1).url();
        String wanted = Files.readString(directory.resolve("hosts.toml"));
        replicas.process(0).pause();
        await("hosts.toml", text -> text.contains("server = \"" + second));
        replicas.process(0).resume();
        await("hosts.toml", wanted::equals);
        String log = Files.readString(directory.resolve("watch.log"));
        assertThat(log)
            .contains(first + " is bad: ", first + " answers again")
            .doesNotContain(second + " is bad")
            .doesNotContain(TestEndpoints.PASSWORD)
            .doesNotContain(replicas.endpoints().get(0).authorization().reveal());
      }
    }
  }

  @Test
  @DisplayName("S7 a certificate of another authority is no right answer")
  void s7CertificateOfAnotherAuthorityIsNoAnswer() throws Exception {
    try (ServedReplicas replicas = new ServedReplicas(directory, true)) {
      CertificateAuthority other =
          new CertificateAuthority(ClusterSecretStores.inMemory(), "other", Clock.systemUTC());
      trust(replicas, other.current().certificatePem());
      try (RegistryProcess watch = start(replicas)) {
        assertThat(watch).isNotNull();
        assertThat(await("watch.log", text -> text.contains("32")))
            .contains("certificate verify failed");
      }
    }
  }
}
