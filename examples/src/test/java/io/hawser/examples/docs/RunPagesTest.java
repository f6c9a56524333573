package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystem;
import io.hawser.host.ClusterLock;
import io.hawser.host.ClusterLockedException;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.TreeChange;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.ArtifactRescue;
import io.hawser.registry.AuditFinding;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryAudit;
import io.hawser.registry.RegistryContent;
import io.hawser.report.HtmlReport;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.report.Topology;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages on runs, registries and reports show. */
class RunPagesTest {
  private static final String STORAGE = "/var/lib/sealos/data/prod/registry/docker/registry/v2";

  @TempDir private Path directory;
  private PageCluster hosts;
  private Cluster cluster;
  private SshClient ssh;

  @BeforeEach
  void make() {
    hosts = new PageCluster(directory);
    cluster = hosts.cluster;
    ssh = hosts.ssh;
  }

  @AfterEach
  void close() {
    hosts.close();
  }

  @Test
  void replicasAreAuditedAndRepairedAsThePageOnAuditsShows() {
    hosts.bringUp();
    String blob =
        hosts.ssh.files("10.0.0.2").paths(STORAGE).stream()
            .filter(path -> path.endsWith("/data"))
            .findFirst()
            .orElseThrow();
    hosts.ssh.files("10.0.0.2").write(blob, "other bytes");
    Registries registries = Registries.builder(cluster).build();

    RegistryAudit audit = registries.audit(ssh, registries.replicas());
    audit.findings(); // AuditFinding: host, kind, path, tag, digests, sizes
    Report repaired = registries.repair(ssh, registries.replicas());

    assertThat(audit.findings()).extracting(AuditFinding::host).containsExactly("10.0.0.2");
    assertThat(repaired.results("10.0.0.2")).anyMatch(row -> row.status() == Status.CHANGED);
    assertThat(registries.audit(ssh, registries.replicas()).findings()).isEmpty();
  }

  @Test
  void aPartOfTheImagesIsWhatThePageOnAuditsSays() throws IOException {
    Path there = hosts.rootfs.mountPoint().resolve("registry/docker/registry/v2/repositories");
    Files.createDirectories(there.resolve("shop"));
    Files.move(there.resolve("sample/app-0"), there.resolve("shop/web"));
    Path tags = there.resolve("shop/web/_manifests/tags");
    Files.move(tags.resolve("v1"), tags.resolve("1.0"));
    Files.move(there.resolve("sample/app-1"), there.resolve("pause"));
    Registries registries = Registries.builder(cluster).build();

    RegistryContent some = registries.content().only(List.of("shop/web:1.0", "pause"));

    assertThat(some.bytes()).isLessThan(registries.content().bytes()).isPositive();
    assertThat(registries.content().only(List.of("pause")).bytes()).isLessThan(some.bytes());
  }

  @Test
  void aPreflightIsMadeAsItsPageShows() {
    hosts.ssh.unreachable("10.0.0.3");
    boolean[] isStopped = new boolean[1];

    Report report = Bootstraps.of(cluster, ssh).preflight();
    System.out.print(report.toTable());
    if (!report.succeeded()) {
      isStopped[0] = true;
    }

    assertThat(isStopped[0]).isTrue();
    assertThat(hosts.printed()).contains("10.0.0.3  reach             failed");
  }

  @Test
  void checksAreLeftOutAsThePageOnPreflightShows() {
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh)
            .skipCheck("clock")
            .skipChecks(List.of("security", "mtu"))
            .build();

    assertThat(bootstrap.preflight("10.0.0.1").results())
        .filteredOn(row -> List.of("clock", "security", "mtu").contains(row.step()))
        .hasSize(3)
        .allMatch(row -> row.status() == Status.SKIPPED);
  }

  @Test
  void aRunIsReportedAsThePageOnReportsShows() throws IOException {
    hosts.ssh.when("10.0.0.3", "init").answer(1, "", "ERROR: swap is on\n");
    Path file = directory.resolve("report.html");

    reported(hosts.bootstrap(), hosts.filesystem(), hosts.addresses(), file);

    String shown = DocsPage.read("docs/reports.md").block("text", RunPagesTest.class, 0);
    assertThat(anyTimes(hosts.printed())).isEqualTo(anyTimes(shown));
    assertThat(file).content().contains("<svg", "swap is on");
  }

  private static String anyTimes(String recap) {
    return recap.replaceAll(" +TIME", " TIME").replaceAll(" +[0-9.]+s", " TIME");
  }

  private void reported(
      Bootstrap bootstrap, Filesystem filesystem, List<String> addresses, Path htmlFile)
      throws IOException {
    Report report = bootstrap.preflight();
    try {
      report = report.then(filesystem.mountRootfs(addresses)).then(bootstrap.init());
    } catch (BootstrapException e) {
      report = report.then(e.report());
    }
    System.out.print(report.recap());
    Topology topology = Registries.builder(cluster).build().topology();
    Files.writeString(htmlFile, HtmlReport.of(report, topology).toHtml());
  }

  @Test
  void artifactsComeBackAsThePageOnLiveChangesShows() throws IOException {
    hosts.bringUp();
    Path registryDirectory = hosts.rootfs.mountPoint().resolve("registry");
    long bytes = Registries.builder(cluster).build().content().bytes();
    Files.move(registryDirectory, directory.resolve("lost"));

    ArtifactRescue.fromReplica(ssh, cluster, "10.0.0.2", registryDirectory);

    assertThat(Registries.builder(cluster).build().content().bytes()).isEqualTo(bytes);
  }

  @Test
  void aLockIsTakenAndToldOfAsItsPageShows() {
    Host host = PageCluster.host("10.0.0.7", Role.MASTER);
    Cluster one = hosts.of(host);
    withLock(one, host, List.of(FileChange.plain("/etc/mine", "1\n")));
    assertThat(hosts.ssh.files("10.0.0.7").text("/etc/mine")).isEqualTo("1\n");

    ClusterLockedException refused;
    try (ClusterLock first = ClusterLock.take(ssh, one, one.hosts())) {
      assertThat(first).isNotNull();
      refused =
          catchThrowableOfType(
              ClusterLockedException.class,
              () -> withLock(one, host, List.of(FileChange.plain("/etc/mine", "2\n"))));
    }
    String shown = DocsPage.read("docs/lock.md").block("text", RunPagesTest.class, 0);
    DocsPage.assertSaid(anyOwner(shown), anyOwner(refused.getMessage()));
  }

  private void withLock(Cluster cluster, Host host, List<HostChange> changes) {
    try (ClusterLock lock = ClusterLock.take(ssh, cluster, cluster.hosts())) {
      lock.access(host).apply("my-step", changes);
    }
  }

  /** Who it is, and since when, is another each time. */
  private static String anyOwner(String message) {
    return message
        .replaceFirst("by \\S+@\\S+ \\(process \\d+, run [0-9a-f]+\\)", "by OWNER")
        .replaceFirst("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z", "TIME");
  }

  @Test
  void aDistributorOfOnesOwnIsGivenAsItsPageShows() {
    hosts.filesystem().mountRootfs(hosts.addresses());

    Registries registries =
        Registries.builder(cluster).distributor(new MyDistributor()).build();

    assertThat(registries.distribute(ssh, registries.replicas()).results())
        .hasSize(3)
        .allMatch(row -> row.status() == Status.CHANGED);
    assertThat(registries.audit(ssh, registries.replicas()).isClean()).isTrue();
  }

  private static final class MyDistributor implements ArtifactDistributor {
    @Override
    public Report distribute(Distribution job) {
      return Report.of(job.targets().stream().map(host -> fill(job, host)).toList());
    }

    private static HostResult fill(Distribution job, Host host) {
      String scratch = "/var/tmp/brought";
      HostAccess access = job.access(host);
      TreeChange change =
          new TreeChange(job.directory(), job.content().tree()).seededFrom(scratch);
      access.apply(Distribution.OWNER, List.of(change));
      return HostResult.of(host.address(), Distribution.STEP, Status.CHANGED, "filled");
    }
  }
}
