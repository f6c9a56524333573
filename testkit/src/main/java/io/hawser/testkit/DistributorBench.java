package io.hawser.testkit;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.Distribution;
import io.hawser.registry.RegistryContent;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Three hosts, content for them, and a distributor that is to bring it there. */
final class DistributorBench implements Closeable {
  /** Where the content goes; nothing of it is there at first. */
  static final String DIRECTORY = "/var/lib/sealos/data/conformance/registry";

  final EmbeddedHosts hosts = EmbeddedHosts.start(3);
  final Cluster cluster = hosts.cluster("conformance", "master,registry", "registry", "registry");
  final List<HostResult> heard = new CopyOnWriteArrayList<>();
  final List<String> opened = new CopyOnWriteArrayList<>();
  final WatchedClient ssh;

  /** The directory of the controller that the content is read from. */
  final Path source;

  final ExpectedFiles expected;
  private final ArtifactDistributor distributor;
  private final RegistryContent content;
  private Consumer<Host> door = host -> {};

  private DistributorBench(ArtifactDistributor distributor) throws IOException {
    this.distributor = distributor;
    SshClient client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();
    this.ssh = new WatchedClient(client);
    this.source = Files.createTempDirectory("hawser-conformance-");
    SampleImages.of(2).withLayers(2).writeStorage(source);
    this.content = RegistryContent.read(List.of(source));
    this.expected = new ExpectedFiles(content.tree());
  }

  static DistributorBench start(ArtifactDistributor distributor) throws IOException {
    return new DistributorBench(distributor);
  }

  /** The hosts, in another order than that of the cluster. */
  List<Host> targets() {
    return List.of(host(2), host(0), host(1));
  }

  Host host(int number) {
    return cluster.hosts().get(number);
  }

  /** What the embedded hosts call a host. */
  int number(Host host) {
    return cluster.hosts().indexOf(host);
  }

  /** The directory on the disk of a host. */
  Path place(Host host) {
    return Path.of(host.root() + DIRECTORY);
  }

  HostAccess access(Host host) {
    return HostAccess.to(ssh.unwatched(), cluster, host);
  }

  /** Who may refuse to open a host. */
  void door(Consumer<Host> guard) {
    door = guard;
  }

  /** Lets the distributor fill all hosts. */
  Report distribute() throws InterruptedException {
    return distribute(job -> job);
  }

  Report distribute(UnaryOperator<Distribution.Builder> edit) throws InterruptedException {
    return new BoundedRun(distributor, job(edit)).report();
  }

  /** The same on a thread that a check can interrupt. */
  BoundedRun begin() {
    return new BoundedRun(distributor, job(job -> job));
  }

  private Distribution job(UnaryOperator<Distribution.Builder> edit) {
    heard.clear();
    opened.clear();
    Distribution.Builder job =
        Distribution.builder(content, DIRECTORY, this::open)
            .targets(targets())
            .within(Duration.ofMinutes(5))
            .listener(heard::add);
    return edit.apply(job).build();
  }

  private HostAccess open(Host host) {
    opened.add(host.address());
    door.accept(host);
    return HostAccess.to(ssh, cluster, host);
  }

  /** The row of a host. */
  static HostResult row(Report report, Host host) {
    return report.results(host.address()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                Breach.of(DistributorRule.ROWS, "a row", "none in " + report.results())
                    .on(host.address()));
  }

  /** Sees that a row says one thing. */
  static void assertRow(Report report, Host host, Status status, DistributorRule rule) {
    HostResult row = row(report, host);
    if (row.status() != status) {
      throw Breach.of(rule, "a row that says " + status, row.status() + ": " + row.message())
          .on(host.address());
    }
  }

  /** Sees that hosts were filled, by their rows and by what lies there. */
  void assertFilled(Report report, Host... filled) {
    for (Host host : filled) {
      assertRow(report, host, Status.CHANGED, DistributorRule.ROWS);
      assertHolds(host);
    }
  }

  void assertHolds(Host host) {
    expected
        .missing(place(host))
        .ifPresent(
            flaw -> {
              throw flaw.breach(DistributorRule.FILLS).on(host.address());
            });
  }

  @Override
  public void close() {
    ssh.close();
    hosts.close();
    ProcessSweep.deleteTree(source);
  }
}
