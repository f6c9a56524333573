package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on plans shows. */
class PlanPageTest {
  private static final DocsPage PAGE = DocsPage.read("docs/plan.md");

  @TempDir private Path directory;
  private PageCluster hosts;

  @BeforeEach
  void make() {
    hosts = new PageCluster(directory);
  }

  @AfterEach
  void close() {
    hosts.close();
  }

  @Test
  void aPlanIsShownKeptAndCarriedOut() throws IOException {
    Path file = directory.resolve("plan.json");
    assertThat(isLookedAt(hosts.bootstrap(), file)).isFalse();
    assertThat(hosts.printed()).contains("10.0.0.3", "+ run init", "--- /dev/null");
    assertThat(carryOut(hosts.bootstrap(), hosts.filesystem(), file).changed()).isTrue();
    assertThat(isLookedAt(hosts.bootstrap(), file)).isTrue();
  }

  /** Whether everything is as wanted. */
  private static boolean isLookedAt(Bootstrap bootstrap, Path file) throws IOException {
    Plan plan = bootstrap.plan();
    System.out.print(plan.toTable()); // a line for each change
    System.out.print(plan.toDiff()); // the same with commands and the differences of files
    Files.writeString(file, plan.toJson());
    if (plan.hasProblems()) {
      throw new IllegalStateException("a host in memory is always there");
    }
    if (plan.hasChanges()) {
      return false;
    }
    return true;
  }

  private static Report carryOut(Bootstrap bootstrap, Filesystem filesystem, Path file)
      throws IOException {
    Plan plan = Plan.fromJson(Files.readString(file));
    Report report = PlannedRun.of(plan, bootstrap, filesystem).apply();
    return report;
  }

  @Test
  void theOutputIsThatOfAPlan() {
    hosts.bringUp();
    Cluster changed =
        hosts.of(
            PageCluster.host("10.0.0.1", Role.MASTER, Role.REGISTRY),
            PageCluster.host("10.0.0.2", Role.NODE, Role.REGISTRY),
            PageCluster.host("10.0.0.3", Role.NODE),
            PageCluster.host("10.0.0.4", Role.NODE),
            PageCluster.host("10.0.0.9", Role.NODE));
    hosts.ssh.files("10.0.0.4").write("/etc/hosts", "127.0.0.1 localhost\n");
    hosts.ssh.unreachable("10.0.0.9");
    Plan plan = Bootstraps.of(changed, hosts.ssh).plan();
    DocsPage.assertPrinted(PAGE.block("text", PlanPageTest.class, 0), plan.toTable());
    DocsPage.assertPrinted(PAGE.block("text", PlanPageTest.class, 1), plan.toDiff());
  }
}
