package io.hawser.lab.bench;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryAudit;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Audits a replica of the registry of a rootfs and says how long that took. It answers each line of
 * its standard input with one of seconds:
 *
 * <ul>
 *   <li>{@code fill}: brings the artifacts to the first host
 *   <li>{@code audit}: reads everything that lies there and compares it, over a connection that is
 *       open; nothing may be wrong
 * </ul>
 */
final class StorageAudit implements AutoCloseable {
  private final SshClient client;
  private final Registries registries;

  private StorageAudit(BenchHosts hosts, Path rootfs) {
    ImageMount mount =
        new ImageMount("rootfs", ImageType.ROOTFS, "bench/rootfs:v1", rootfs, Map.of(), Map.of());
    Cluster cluster = Cluster.named("bench").hosts(hosts.first(1)).mount(mount).build();
    this.client = SshClients.jsch().hostKeys(hosts.hostKeys()).build();
    this.registries = Registries.builder(cluster).secrets(ClusterSecretStores.inMemory()).build();
  }

  /** Takes the state directory of {@code lab/bench} and a rootfs. */
  public static void main(String... arguments) throws IOException {
    BenchHosts hosts = BenchHosts.in(Path.of(arguments[0]));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (StorageAudit audit = new StorageAudit(hosts, Path.of(arguments[1]))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        long start = System.nanoTime();
        audit.answer(line);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(Locale.ROOT, "%.6f", seconds));
      }
    }
  }

  private void answer(String request) {
    List<Host> replicas = registries.replicas();
    switch (request) {
      case "fill" -> {
        Report report = registries.distribute(client, replicas);
        if (!report.succeeded()) {
          throw new IllegalStateException(report.toTable());
        }
      }
      case "audit" -> {
        RegistryAudit audit = registries.audit(client, replicas);
        if (!audit.isClean() || !audit.findings().isEmpty()) {
          throw new IllegalStateException(audit.toString());
        }
      }
      default -> throw new IllegalArgumentException("\"" + request + "\" is no request");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
