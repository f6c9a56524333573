package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.ExternalDependency;
import io.hawser.bootstrap.Hook;
import io.hawser.bootstrap.Phase;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.filesystem.FilesystemException;
import io.hawser.host.HostChange;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run when parts that somebody else wrote throw, give nothing, or lie. */
class BrokenExtensionsTest {
  private static final List<String> REPLICAS = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");

  @TempDir Path directory;
  private MockedCluster mocked;

  @BeforeEach
  void mount() {
    mocked = new MockedCluster(directory.resolve("rootfs"));
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
  }

  private Bootstraps.Builder builder() {
    return Bootstraps.builder(mocked.cluster, mocked.ssh).secrets(mocked.secrets);
  }

  private static BootstrapException failed(Bootstrap bootstrap) {
    return catchThrowableOfType(BootstrapException.class, bootstrap::init);
  }

  private static List<HostResult> rows(Report report, String step) {
    return report.results().stream().filter(row -> row.step().equals(step)).toList();
  }

  @Test
  void aDistributorThatThrowsFailsItsHostsAndLosesNoRow() {
    Report report =
        failed(
                builder()
                    .distributor(
                        job -> {
                          throw new IllegalStateException("the store is down");
                        })
                    .build())
            .report();
    assertThat(rows(report, "distribute"))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(Status.FAILED);
              assertThat(row.message()).contains("the store is down");
              assertThat(row.details().get(0)).contains("BrokenExtensionsTest");
            });
    assertThat(rows(report, "watch")).hasSize(5);
    assertThat(builder().build().init().succeeded()).isTrue();
  }

  @Test
  void aDistributorThatGivesNothingOrTooLittleHasFilledNobody() {
    for (ArtifactDistributor silent :
        List.<ArtifactDistributor>of(job -> null, job -> Report.empty())) {
      assertThat(rows(failed(builder().distributor(silent).build()).report(), "distribute"))
          .extracting(HostResult::message)
          .containsOnly("the distributor reported nothing for this host");
      Registries registries =
          Registries.builder(mocked.cluster).secrets(mocked.secrets).distributor(silent).build();
      assertThat(registries.distribute(mocked.ssh, registries.replicas()).failures())
          .extracting(HostResult::host)
          .containsExactlyElementsOf(REPLICAS);
    }
  }

  @Test
  void aDistributorThatLiesIsFoundOutBeforeAnyHostIsToldOfARegistry() {
    ArtifactDistributor liar =
        job ->
            Report.of(
                job.targets().stream()
                    .map(
                        host ->
                            HostResult.of(host.address(), "distribute", Status.CHANGED, "all sent"))
                    .toList());
    Report report = failed(builder().distributor(liar).build()).report();
    assertThat(rows(report, "audit"))
        .extracting(HostResult::status)
        .containsOnly(Status.FAILED)
        .hasSize(3);
    assertThat(mocked.ssh.files("10.0.0.4").exists("/etc/hosts")).isFalse();
  }

  @Test
  void whatAHookThrowsIsInTheRowOfItsHostWithThePlace() {
    Hook hook =
        Hook.of(
                "boom",
                (host, facts) -> {
                  if (host.address().equals("10.0.0.5")) {
                    throw new NullPointerException();
                  }
                  return List.of();
                })
            .before(Phase.INIT_SCRIPT);
    Report report = failed(builder().hook(hook).build()).report();
    HostResult row = report.failures().get(0);
    assertThat(report.failures()).hasSize(1);
    assertThat(row.host()).isEqualTo("10.0.0.5");
    assertThat(row.details().get(0)).contains("BrokenExtensionsTest");
    assertThat(rows(report, "init").stream().filter(one -> one.status() == Status.CHANGED))
        .hasSize(3);
  }

  @Test
  void whoGivesNoChangesIsToldSo() {
    assertThat(
            failed(builder().hook(Hook.of("none", (host, facts) -> null).after(Phase.INIT)).build())
                .getMessage())
        .contains("none gave null", "an empty list means no change");
    assertThat(failed(builder().endpoints((node, replicas) -> null).build()).getMessage())
        .contains("the endpoint strategy gave null");
    assertThatThrownBy(() -> builder().placement(cluster -> null).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the placement gives no host");
  }

  @Test
  void aDependencyThatCannotTellItsHostsFailsThose() {
    ExternalDependency dependency =
        ExternalDependency.of("mine", (host, facts) -> List.of())
            .beforeInit()
            .onHosts(
                host -> {
                  if (host.is(Role.NODE)) {
                    throw new IllegalStateException("no label room");
                  }
                  return false;
                });
    Bootstrap bootstrap = builder().dependency(dependency).build();
    assertThat(bootstrap.plan().toTable()).contains("? java.lang.IllegalStateException: no label");
    List<HostResult> failures = failed(bootstrap).report().failures();
    assertThat(failures)
        .extracting(row -> row.host() + " " + row.step())
        .containsExactly("10.0.0.4 mine", "10.0.0.5 mine");
    assertThat(failures.get(0).message()).contains("no label room");
  }

  @Test
  void planAndRunsSayTheSameOfADependencyThatThrows() {
    ExternalDependency broken =
        ExternalDependency.of(
                "cache",
                (host, facts) -> {
                  throw new IllegalArgumentException("no size for " + host.address());
                })
            .onHosts(host -> host.is(Role.NODE));
    Bootstrap bootstrap = builder().dependency(broken).build();
    assertThat(bootstrap.plan().toTable())
        .contains("? no size for 10.0.0.4", "not complete: see the 2 lines with ?");
    assertThatThrownBy(bootstrap::applyExternalDeps)
        .hasMessageContaining("10.0.0.4: cache: no size for 10.0.0.4");
  }

  @Test
  void initBeforeTheRootfsIsMountedSaysWhatToDo() {
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    HostResult row = failed(builder().build()).report().failures().get(0);
    assertThat(row.step()).isEqualTo("init");
    assertThat(row.message()).startsWith("\"init\" exited");
    assertThat(row.hint()).contains("call mountRootfs first");
  }

  @Test
  void anImageWithoutADirectoryIsTheCallersMistake() {
    ImageMount image =
        new ImageMount(
            "rootfs", ImageType.ROOTFS, "demo", directory.resolve("gone"), Map.of(), Map.of());
    Cluster cluster = mocked.cluster.withMounts(List.of(image));
    Bootstrap bootstrap = Bootstraps.builder(cluster, mocked.ssh).secrets(mocked.secrets).build();
    assertThatThrownBy(bootstrap::plan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image rootfs: " + directory.resolve("gone") + " is not a directory");
  }

  @Test
  void messagesOfManyHostsAreShortAndTheirReportsAreWhole() {
    Report many =
        Report.of(
            IntStream.range(0, 400)
                .mapToObj(i -> HostResult.of("10.1.0." + i, "init", Status.FAILED, "swap is on"))
                .toList());
    BootstrapException init = new BootstrapException("init", many);
    assertThat(init.getMessage())
        .startsWith("init failed: 10.1.0.0: init: swap is on; ")
        .endsWith("10.1.0.9: init: swap is on; and 390 more, in report()");
    assertThat(init.report().failures()).hasSize(400);
    assertThat(new FilesystemException("mountRootfs", many).getMessage().lines()).hasSize(13);
  }

  @Test
  void nullAmongTheChangesIsNamedToo() {
    List<HostChange> changes = Arrays.asList((HostChange) null);
    Hook hook = Hook.of("hole", (host, facts) -> changes).before(Phase.INIT);
    assertThat(failed(builder().hook(hook).build()).getMessage()).contains("hole gave null");
  }
}
