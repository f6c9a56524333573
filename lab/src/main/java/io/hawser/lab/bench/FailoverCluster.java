package io.hawser.lab.bench;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.RegistryPlacements;
import io.hawser.registry.RegistryTransport;
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
 * Makes and takes back the registries of a cluster and says how long that took. It answers each
 * line of its standard input with one of seconds: {@code init COUNT HOW} puts replicas on the first
 * hosts and points all hosts at them, by the list of mirrors ({@code list}) or with the health
 * watch ({@code watched}); {@code reset COUNT HOW} takes it back.
 */
final class FailoverCluster implements AutoCloseable {
  private final BenchHosts hosts;
  private final Path rootfs;
  private final SshClient client;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  private FailoverCluster(BenchHosts hosts, Path rootfs) {
    this.hosts = hosts;
    this.rootfs = rootfs;
    this.client = SshClients.jsch().hostKeys(hosts.hostKeys()).build();
  }

  /** Takes the state directory of {@code lab/bench} and a rootfs. */
  public static void main(String... arguments) throws IOException {
    BenchHosts hosts = BenchHosts.in(Path.of(arguments[0]));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (FailoverCluster cluster = new FailoverCluster(hosts, Path.of(arguments[1]))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        long start = System.nanoTime();
        cluster.answer(List.of(line.split(" ", -1)));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(Locale.ROOT, "%.6f", seconds));
      }
    }
  }

  private void answer(List<String> request) {
    Bootstrap bootstrap = bootstrap(Integer.parseInt(request.get(1)), request.get(2));
    switch (request.get(0)) {
      case "init" -> bootstrap.init();
      case "reset" -> bootstrap.reset();
      default -> throw new IllegalArgumentException(request + " is no request");
    }
  }

  private Bootstrap bootstrap(int replicas, String how) {
    ImageMount mount =
        new ImageMount(
            "rootfs",
            ImageType.ROOTFS,
            "bench/rootfs:v1",
            rootfs,
            Map.of("registryDomain", "hub.bench", "registryPort", "5000"),
            Map.of());
    Cluster cluster = Cluster.named("bench").hosts(hosts.all()).mount(mount).build();
    List<Host> chosen = hosts.first(replicas);
    return Bootstraps.builder(cluster, client)
        .secrets(secrets)
        .transport(
            RegistryTransport.PLAIN_HTTP) // what answers in place of a registry speaks no TLS
        .placement(RegistryPlacements.at(chosen.stream().map(Host::address).toList()))
        .endpoints(
            how.equals("watched") ? EndpointStrategies.standard() : EndpointStrategies.lists())
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
