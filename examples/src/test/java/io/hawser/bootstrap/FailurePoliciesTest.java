package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fifty hosts of which seven fail, each in a way of its own. */
class FailurePoliciesTest {
  @TempDir Path directory;

  static Stream<FailurePolicy> policiesThatSevenFailuresKeep() {
    return Stream.of(
        FailurePolicy.goOn(),
        FailurePolicy.quorum(43),
        FailurePolicy.quorumPercent(86),
        FailurePolicy.registryQuorum(2));
  }

  @ParameterizedTest
  @MethodSource("policiesThatSevenFailuresKeep")
  @DisplayName("F8 seven of fifty fail in seven ways: seven rows with their causes, 43 are done")
  void whoIsAbleIsDone(FailurePolicy policy) {
    FiftyHosts fifty = new FiftyHosts(directory);
    Map<String, String> causes = fifty.failSeven();

    Report report = failed(fifty.builder().onFailure(policy).build());

    assertThat(report.failures())
        .extracting(HostResult::host)
        .containsExactlyInAnyOrderElementsOf(causes.keySet());
    assertThat(report.failures())
        .allSatisfy(row -> assertThat(row.message()).contains(causes.get(row.host())));
    List<String> able =
        fifty.addresses().stream().filter(host -> !causes.containsKey(host)).toList();
    assertThat(able).hasSize(43).allMatch(fifty::isInitialised).allMatch(fifty::knowsRegistries);
    assertThat(able)
        .allSatisfy(
            host ->
                assertThat(report.results(host))
                    .extracting(HostResult::status)
                    .containsAnyOf(Status.CHANGED)
                    .doesNotContain(Status.SKIPPED, Status.FAILED, Status.UNKNOWN));
    assertThat(causes.keySet()).noneMatch(fifty::knowsRegistries);
  }

  static Stream<FailurePolicy> policiesThatSevenFailuresBreak() {
    return Stream.of(
        FailurePolicy.failFast(),
        FailurePolicy.quorum(44),
        FailurePolicy.quorumPercent(87),
        FailurePolicy.registryQuorum(3));
  }

  @ParameterizedTest
  @MethodSource("policiesThatSevenFailuresBreak")
  @DisplayName("F8 a run that stops tells no host of registries, and says why of each")
  void whatIsNotBegunIsSkippedWithTheReason(FailurePolicy policy) {
    FiftyHosts fifty = new FiftyHosts(directory);
    Map<String, String> causes = fifty.failSeven();

    Report report = failed(fifty.builder().onFailure(policy).build());

    assertThat(fifty.addresses()).noneMatch(fifty::knowsRegistries);
    assertThat(report.failures())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.message()).contains(causes.get(row.host())));
    assertThat(report.results("10.0.0.50"))
        .filteredOn(row -> row.step().equals("endpoints"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo(Status.SKIPPED);
              assertThat(row.message()).startsWith("skipped, because ").contains(" failed on 10.");
            });
  }

  @Test
  @DisplayName("F8 fail fast begins nothing anywhere when a host cannot be reached")
  void anUnreachableHostStopsTheRunBeforeAnyChange() {
    FiftyHosts fifty = new FiftyHosts(directory);
    fifty.ssh.unreachable(FiftyHosts.UNREACHABLE);
    List<String> paths = List.copyOf(fifty.ssh.files("10.0.0.1").paths());

    Report report = failed(fifty.builder().onFailure(FailurePolicy.failFast()).build());

    assertThat(report.failures())
        .singleElement()
        .extracting(HostResult::host)
        .isEqualTo(FiftyHosts.UNREACHABLE);
    assertThat(report.results())
        .filteredOn(row -> !row.status().isFailure())
        .hasSizeGreaterThan(100)
        .allMatch(row -> row.status() == Status.SKIPPED);
    assertThat(fifty.ssh.files("10.0.0.1").paths()).containsExactlyElementsOf(paths);
  }

  @Test
  @DisplayName("F8 fail fast in the middle of a step: hosts that were not begun are left alone")
  void theStepEndsWhereItIs() {
    FiftyHosts fifty = new FiftyHosts(directory);
    fifty.ssh.when(FiftyHosts.SCRIPT_FAILS, "init").answer(1, "", "no\n");
    Bootstrap bootstrap =
        fifty.builder().onFailure(FailurePolicy.failFast()).parallelHosts(1).build();

    Report report = failed(bootstrap);

    assertThat(fifty.addresses().stream().filter(fifty::isInitialised))
        .containsExactlyElementsOf(fifty.addresses().subList(0, 13));
    assertThat(report.results("10.0.0.15"))
        .filteredOn(row -> row.step().equals("init"))
        .extracting(HostResult::message)
        .containsExactly(
            "skipped, because init failed on 10.0.0.14, and the run stops at the first failure");

    fifty.ssh.when(FiftyHosts.SCRIPT_FAILS, "init").answer(0, "", "");
    assertThat(bootstrap.init().succeeded()).as("the call can be repeated").isTrue();
    assertThat(fifty.addresses()).allMatch(fifty::knowsRegistries);
  }

  @Test
  void aQuorumOfMoreHostsThanTheCallHasMeansAllOfThem() {
    FiftyHosts fifty = new FiftyHosts(directory, "few", 5);
    fifty.ssh.when("10.0.0.5", "init").answer(1, "", "no\n");
    Bootstrap bootstrap = fifty.builder().onFailure(FailurePolicy.quorum(9)).build();

    Report report = failed(bootstrap);

    assertThat(report.results("10.0.0.1"))
        .extracting(HostResult::message)
        .contains(
            "skipped, because init failed on 10.0.0.5: 4 of 5 hosts are able, and the run needs 5");
  }

  @Test
  @DisplayName("F10 reset goes on whatever the policy is")
  void resetNeverStopsEarly() {
    FiftyHosts fifty = new FiftyHosts(directory, "few", 6);
    Bootstrap bootstrap = fifty.builder().onFailure(FailurePolicy.failFast()).build();
    bootstrap.init();
    fifty.ssh.unreachable("10.0.0.4");

    BootstrapException e = catchThrowableOfType(BootstrapException.class, bootstrap::reset);

    assertThat(e.report().failures()).allMatch(row -> row.host().equals("10.0.0.4"));
    assertThat(fifty.addresses().stream().filter(fifty::isInitialised)).containsExactly("10.0.0.4");
  }

  @Test
  void noMoreHostsAreWorkedOnAtOnceThanAllowed() {
    FiftyHosts fifty = new FiftyHosts(directory);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    fifty
        .ssh
        .when("*", "init")
        .effect(
            (command, files) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
            });

    fifty.builder().parallelHosts(4).build().init();

    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void aQuorumThatMeansNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FailurePolicy.quorum(0));
    assertThatIllegalArgumentException().isThrownBy(() -> FailurePolicy.registryQuorum(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> FailurePolicy.quorumPercent(0));
    assertThatIllegalArgumentException().isThrownBy(() -> FailurePolicy.quorumPercent(101));
  }

  private static Report failed(Bootstrap bootstrap) {
    return catchThrowableOfType(BootstrapException.class, bootstrap::init).report();
  }
}
