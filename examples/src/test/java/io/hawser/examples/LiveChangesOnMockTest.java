package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.registry.RegistryPlacements;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are added, removed and exchanged after init, by changed roles and a new call. */
class LiveChangesOnMockTest {
  private static final String UNIT = "hawser-registry-mocked";
  private static final String LIST = "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml";

  @TempDir Path directory;
  private MockedCluster mocked;
  private Map<String, List<String>> before;

  /** Registries on .1, .2 and .3. */
  @BeforeEach
  void init() {
    mocked = new MockedCluster(directory);
    before = mocked.paths();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.withRegistries("10.0.0.1", "10.0.0.2", "10.0.0.3").init();
  }

  private boolean serves(String host) {
    return mocked.ssh.units(host).containsKey(UNIT);
  }

  private String list(String host) {
    return mocked.ssh.files(host).text(LIST);
  }

  private static List<HostResult> retired(Report report) {
    return report.results().stream().filter(row -> row.step().equals("retire")).toList();
  }

  private static Report failed(Bootstrap bootstrap) {
    List<Report> reports = new ArrayList<>();
    assertThatThrownBy(bootstrap::init)
        .isInstanceOfSatisfying(BootstrapException.class, e -> reports.add(e.report()));
    return reports.get(0);
  }

  @Test
  void oneRunAddsAndRemovesAndTheNextChangesNothing() {
    int initialised = runsOfInit();
    Bootstrap changed = mocked.withRegistries("10.0.0.2", "10.0.0.4");
    Report report = changed.init();
    assertThat(retired(report))
        .extracting(HostResult::host, HostResult::status)
        .containsExactly(tuple("10.0.0.1", Status.CHANGED), tuple("10.0.0.3", Status.CHANGED));
    assertThat(MockedCluster.HOSTS.stream().filter(this::serves))
        .containsExactly("10.0.0.2", "10.0.0.4");
    for (String host : MockedCluster.HOSTS) {
      assertThat(list(host))
          .contains("10.0.0.2:5000", "10.0.0.4:5000")
          .doesNotContain("10.0.0.1:5000", "10.0.0.3:5000");
      assertThat(mocked.ssh.files(host).text("/etc/hosts"))
          .contains("10.0.0.2 sealos.hub", "10.0.0.4 sealos.hub")
          .doesNotContain("10.0.0.1 sealos.hub", "10.0.0.3 sealos.hub");
    }
    assertThat(mocked.ssh.files("10.0.0.1").exists("/var/lib/sealos/data/mocked/registry"))
        .as("its artifacts")
        .isFalse();
    assertThat(runsOfInit()).as("scripts do not run again for that").isEqualTo(initialised);

    assertThat(changed.plan().toTable()).startsWith("nothing to change");
    Report again = changed.init();
    assertThat(again.changed()).isFalse();
    assertThat(retired(again)).isEmpty();
    changed.reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  private int runsOfInit() {
    return (int)
        mocked.ssh.transcript().stream().filter(run -> run.command().equals("init")).count();
  }

  @Test
  void noNodeIsToldOfARegistryAnyMoreWhenItStops() {
    List<String> seen = new ArrayList<>();
    mocked
        .ssh
        .whenMatching("10.0.0.3", "hawser-agent connections .*")
        .effect(
            (command, files) -> {
              MockedCluster.HOSTS.forEach(host -> seen.add(list(host)));
              seen.add("serves " + serves("10.0.0.3"));
            })
        .answer(0, "end\n", "");
    Report report = mocked.withRegistries("10.0.0.1", "10.0.0.2", "10.0.0.4").init();
    assertThat(seen).contains("serves true").doesNotContain("serves false");
    assertThat(seen).noneMatch(text -> text.contains("10.0.0.3:5000"));
    assertThat(serves("10.0.0.3")).isFalse();
    assertThat(retired(report))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.message()).endsWith("; nobody was connected");
              assertThat(row.details()).anyMatch(line -> line.contains("unit " + UNIT));
            });
  }

  @Test
  void applyExternalDepsDoesTheSame() {
    Report report = mocked.withRegistries("10.0.0.2", "10.0.0.5").applyExternalDeps();
    assertThat(retired(report))
        .extracting(HostResult::host)
        .containsExactly("10.0.0.1", "10.0.0.3");
    assertThat(MockedCluster.HOSTS.stream().filter(this::serves))
        .containsExactly("10.0.0.2", "10.0.0.5");
  }

  @Test
  void thePlanShowsWhatWouldBeRetired() {
    Plan plan = mocked.withRegistries("10.0.0.1", "10.0.0.2").plan();
    assertThat(plan.items())
        .filteredOn(item -> item.step().equals("retire"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.host()).isEqualTo("10.0.0.3");
              assertThat(item.changes())
                  .anyMatch(change -> change.summary().equals("undo unit " + UNIT + ".service"));
            });
    assertThat(serves("10.0.0.3")).as("a plan only looks").isTrue();
  }

  @Test
  @DisplayName("F8 a registry stays as long as one node could not be told to use others")
  void aNodeThatWasNotReachedKeepsTheRegistryThatItMayUse() {
    mocked.ssh.unreachable("10.0.0.5");
    Bootstrap changed = mocked.withRegistries("10.0.0.1", "10.0.0.2");
    Report report = failed(changed);
    assertThat(report.failures()).extracting(HostResult::host).containsOnly("10.0.0.5");
    assertThat(retired(report))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo("10.0.0.3");
              assertThat(row.status()).isEqualTo(Status.WARNING);
              assertThat(row.message()).contains("its registry stays").endsWith(": 10.0.0.5");
              assertThat(row.hint()).contains("make the call again");
            });
    assertThat(serves("10.0.0.3")).isTrue();
    assertThat(list("10.0.0.4")).doesNotContain("10.0.0.3:5000");

    mocked.ssh.heal("10.0.0.5");
    assertThat(retired(changed.init())).extracting(HostResult::host).containsExactly("10.0.0.3");
    assertThat(serves("10.0.0.3")).isFalse();
  }

  @Test
  void aCallForSomeHostsRemovesNoRegistryAndSaysWhy() {
    Bootstrap changed = mocked.withRegistries("10.0.0.1", "10.0.0.2");
    Report report = changed.init("10.0.0.3", "10.0.0.4");
    assertThat(retired(report))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo(Status.WARNING);
              assertThat(row.message()).endsWith("10.0.0.1, 10.0.0.2, 10.0.0.5");
              assertThat(row.hint()).isEqualTo("make the call for all hosts");
            });
    assertThat(serves("10.0.0.3")).isTrue();
  }

  @Test
  void theLastRegistryThatServesIsNeverRemoved() {
    String told = list("10.0.0.5");
    mocked.ssh.unreachable("10.0.0.4");
    Report report = failed(mocked.withRegistries("10.0.0.4"));
    assertThat(retired(report))
        .extracting(HostResult::host)
        .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(retired(report))
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(Status.WARNING);
              assertThat(row.message()).contains("the last one is never removed");
            });
    assertThat(MockedCluster.HOSTS.stream().filter(this::serves))
        .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(list("10.0.0.5")).as("nothing is withdrawn").isEqualTo(told);
  }

  @Test
  @DisplayName("F8 the first master is dead and its registry is replaced, named or taken out")
  void theDeadFirstMasterIsReplaced() {
    mocked.ssh.unreachable("10.0.0.1");
    Report report = failed(mocked.withRegistries("10.0.0.2", "10.0.0.3", "10.0.0.4"));
    assertThat(report.failures()).extracting(HostResult::host).containsOnly("10.0.0.1");
    assertThat(list("10.0.0.5"))
        .contains("10.0.0.2:5000", "10.0.0.3:5000", "10.0.0.4:5000")
        .doesNotContain("10.0.0.1:5000");
    assertThat(serves("10.0.0.4")).isTrue();

    Cluster without =
        Cluster.named("mocked")
            .hosts(
                mocked.cluster.hosts().stream()
                    .filter(host -> !host.address().equals("10.0.0.1"))
                    .toList())
            .mount(mocked.cluster.mounts().get(0))
            .build();
    Report taken = Bootstraps.builder(without, mocked.ssh).secrets(mocked.secrets).build().init();
    assertThat(taken.succeeded()).isTrue();
    assertThat(retired(taken)).extracting(HostResult::host).containsExactly("10.0.0.4");

    mocked.ssh.heal("10.0.0.1");
    Report back = mocked.withRegistries("10.0.0.2", "10.0.0.3").init();
    assertThat(retired(back)).extracting(HostResult::host).containsExactly("10.0.0.1");
    assertThat(MockedCluster.HOSTS.stream().filter(this::serves))
        .containsExactly("10.0.0.2", "10.0.0.3");
  }

  @Test
  @DisplayName("D21 what users put into the storage of a registry stays when it is removed")
  void whatUsersAddedIsKeptAndListed() {
    String mine = "/var/lib/sealos/data/mocked/registry/docker/mine";
    mocked.ssh.files("10.0.0.3").write(mine, "mine");
    Bootstrap changed =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(mocked.secrets)
            .placement(RegistryPlacements.at("10.0.0.1", "10.0.0.2"))
            .purge(true)
            .build();
    assertThat(retired(changed.init()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo(Status.WARNING);
              assertThat(row.details()).anyMatch(line -> line.contains("registry: docker"));
            });
    assertThat(serves("10.0.0.3")).isFalse();
    assertThat(mocked.ssh.files("10.0.0.3").text(mine)).isEqualTo("mine");
    assertThat(retired(changed.init())).isEmpty();
  }
}
