package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystems;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Four hosts that are well, with the rootfs mounted, so that its own check runs, too. */
final class LookedAtCluster {
  static final String FIRST = "10.0.0.1";
  static final String NODE = "10.0.0.4";

  final Cluster cluster;
  final MockSsh ssh = MockSsh.create();

  LookedAtCluster(Path directory) {
    this(directory, Map.of());
  }

  LookedAtCluster(Path directory, Map<String, ?> env) {
    cluster =
        Cluster.named("looked-at")
            .hosts(
                Host.at(FIRST).roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("10.0.0.2").roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("10.0.0.3").roles(Role.MASTER).build(),
                Host.at(NODE).roles(Role.NODE).build())
            .env(env)
            .mount(SampleImages.of(1).writeRootfs(directory))
            .build();
    mount(cluster, ssh);
  }

  static void mount(Cluster cluster, MockSsh ssh) {
    ssh.when("*", "check").answer(0, "", "");
    List<String> all = cluster.hosts().stream().map(Host::address).toList();
    Filesystems.of(cluster, ssh).mountRootfs(all);
  }

  Bootstraps.Builder bootstrap() {
    return Bootstraps.builder(cluster, ssh).secrets(new KnownSecrets());
  }

  Report preflight() {
    return bootstrap().build().preflight();
  }

  /** Rows that are not OK, in words. */
  static List<String> findings(Report report) {
    return report.results().stream()
        .filter(row -> row.status() != Status.OK)
        .map(LookedAtCluster::words)
        .toList();
  }

  static String words(HostResult row) {
    return row.host() + " " + row.step() + " " + row.status() + ": " + row.message();
  }

  /** These and no others; a star stands for figures. */
  static void assertFindings(Report report, String... rows) {
    List<String> found = findings(report);
    assertThat(found).as(report.toTable()).hasSameSizeAs(rows);
    for (int i = 0; i < rows.length; i++) {
      assertThat(found.get(i)).matches("\\Q" + rows[i].replace("*", "\\E[0-9]+\\Q") + "\\E");
    }
    // Whoever reads a finding knows what to do next.
    assertThat(report.results())
        .filteredOn(row -> row.status() == Status.FAILED || row.status() == Status.WARNING)
        .allSatisfy(row -> assertThat(row.hint()).as(words(row)).isNotBlank());
  }
}
