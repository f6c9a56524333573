package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlanDifference;
import io.hawser.bootstrap.PlanRefusedException;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.ClusterLock;
import io.hawser.host.ClusterLockedException;
import io.hawser.report.Report;
import io.hawser.ssh.mock.RecordedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody changes the hosts between the moment when a plan is compared and the last change. */
class PlanUnderLockTest {
  @TempDir private Path directory;
  private MockedCluster mocked;
  private MeddlingClient ssh;
  private Plan plan;

  @BeforeEach
  void makePlan() {
    mocked = new MockedCluster(directory);
    ssh = new MeddlingClient(mocked.ssh);
    plan = Plan.fromJson(mocked.bootstrap().plan().toJson());
  }

  private PlannedRun run() {
    Bootstrap bootstrap = Bootstraps.builder(mocked.cluster, ssh).secrets(mocked.secrets).build();
    return PlannedRun.of(plan, bootstrap, Filesystems.of(mocked.cluster, ssh));
  }

  /** A whole run of somebody else. */
  private void bringUp() {
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
  }

  private List<PlanDifference> refused() {
    PlanRefusedException refusal = catchThrowableOfType(PlanRefusedException.class, run()::apply);
    assertThat(refusal).isNotNull();
    return refusal.differences();
  }

  private Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      var files = mocked.ssh.files(host);
      for (String path : files.paths()) {
        String bytes = files.isDirectory(path) ? "" : HexFormat.of().formatHex(files.bytes(path));
        contents.put(host + path, files.mode(path) + " " + bytes);
      }
    }
    return contents;
  }

  @Test
  void whatSomebodyEditsRightBeforeTheHostIsLockedIsSeen() {
    ssh.before(
        "10.0.0.4",
        "hawser-agent lock .*",
        () -> mocked.ssh.files("10.0.0.4").write("/etc/hosts", "10.9.9.9 theirs\n"));
    assertThat(refused())
        .singleElement()
        .asString()
        .startsWith("10.0.0.4: names: /etc/hosts: is not what it was: was nothing, is 0644");
    assertThat(contents()).as("nothing but the edit").containsOnlyKeys("10.0.0.4/etc/hosts");
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/hosts")).isEqualTo("10.9.9.9 theirs\n");
    ClusterLock.take(mocked.ssh, mocked.cluster, mocked.cluster.hosts()).close();
    mocked.ssh.files("10.0.0.4").remove("/etc/hosts");
    assertThat(run().apply().succeeded()).isTrue();
  }

  @Test
  void aRunOfSomebodyElseThatEndsRightBeforeTheLockLeavesNothingOfThePlanToDo() {
    List<Map<String, String>> theirs = new ArrayList<>();
    ssh.before(
        "10.0.0.1",
        "hawser-agent lock .*",
        () -> {
          bringUp();
          theirs.add(contents());
        });
    assertThat(refused())
        .anyMatch(one -> one.message().contains("nothing of this is to be done any more"));
    assertThat(contents()).isEqualTo(theirs.get(0));
  }

  @Test
  void oneLockIsHeldFromTheComparisonToTheLastChange() {
    List<Throwable> others = new ArrayList<>();
    for (String moment : List.of("hawser-agent facts .*", "hawser-agent commit .*", "init")) {
      ssh.before(
          "10.0.0.5",
          moment,
          () ->
              others.add(
                  catchThrowable(
                      () ->
                          ClusterLock.take(mocked.ssh, mocked.cluster, List.of(host("10.0.0.1")))
                              .close())));
    }
    Report report = run().apply();
    assertThat(report.succeeded()).isTrue();
    assertThat(others).hasSize(3).allMatch(ClusterLockedException.class::isInstance);
    for (String host : MockedCluster.HOSTS) {
      assertThat(mocked.ssh.transcript(host).stream().map(RecordedCommand::command))
          .filteredOn(command -> command.startsWith("hawser-agent lock "))
          .as("what %s was locked for, its end and those who came too late", host)
          .hasSize(host.equals("10.0.0.1") ? 4 : 1);
    }
    assertThat(mocked.bootstrap().plan().hasChanges()).isFalse();
  }

  @Test
  void aPlanWaitsForNobody() {
    Map<String, String> before;
    try (ClusterLock other =
        ClusterLock.take(mocked.ssh, mocked.cluster, List.of(host("10.0.0.3")))) {
      before = contents();
      assertThatThrownBy(run()::apply)
          .isInstanceOf(ClusterLockedException.class)
          .hasMessageContaining("10.0.0.3");
      assertThat(contents()).isEqualTo(before);
      assertThat(run().differences()).as("only looks").isEmpty();
      assertThat(other.access(host("10.0.0.3")).journal()).isEmpty();
    }
    assertThat(run().apply().succeeded()).isTrue();
  }

  @Test
  void aHostThatCannotBeLockedKeepsThePlanFromAll() {
    mocked
        .ssh
        .whenMatching("10.0.0.5", "hawser-agent lock .*")
        .answer(1, "", "hawser-agent: cannot make /var/lib/hawser: Read-only file system\n");
    Map<String, String> before = contents();
    assertThat(refused())
        .singleElement()
        .asString()
        .startsWith("10.0.0.5: it cannot be locked: ")
        .contains("Read-only file system");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void whatADeadRunLeftIsTakenUpByAPlan() {
    for (int commands = 10; commands < 40; commands += 9) {
      mocked.ssh.loseLink("10.0.0.2", commands);
      Throwable unused = catchThrowable(this::bringUp);
      mocked.ssh.heal("10.0.0.2");
      plan = Plan.fromJson(mocked.bootstrap().plan().toJson());
      assertThat(run().apply().succeeded()).as("%d commands", commands).isTrue();
      assertThat(mocked.bootstrap().plan().hasChanges()).isFalse();
      mocked.bootstrap().reset();
      mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    }
  }

  @Test
  void aFilesystemOfSomebodyElseCannotWorkUnderTheLock() {
    Filesystem own = mocked.filesystem();
    Filesystem theirs =
        new Filesystem() {
          @Override
          public Report mountRootfs(Collection<? extends CharSequence> hosts) {
            return own.mountRootfs(hosts);
          }

          @Override
          public Report unMountRootfs(Collection<? extends CharSequence> hosts) {
            return own.unMountRootfs(hosts);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlannedRun.of(plan, mocked.bootstrap(), theirs))
        .withMessageContaining("Filesystems");
    Cluster other = Cluster.named("other").hosts(mocked.cluster.hosts()).build();
    PlannedRun mixed = PlannedRun.of(plan, mocked.bootstrap(), Filesystems.of(other, mocked.ssh));
    assertThatIllegalArgumentException()
        .isThrownBy(mixed::apply)
        .withMessageContaining("mocked")
        .withMessageContaining("other");
    assertThat(contents()).isEmpty();
  }

  private Host host(String address) {
    return mocked.cluster.host(address);
  }
}
