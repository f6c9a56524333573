package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.ClusterLock;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose time is over when the test says so. */
@Timeout(60)
class DeadlineTest {
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @TempDir Path directory;

  /** Over as soon as this was counted down. */
  private static Deadline overAfter(CountDownLatch event) {
    return new Deadline(
        LIMIT,
        (task, limit) -> {
          assertThat(limit).isEqualTo(LIMIT);
          try {
            event.await();
          } catch (InterruptedException e) {
            return task.await(Duration.ofMinutes(1)); // the flag is gone, so this one waits
          }
          return false;
        });
  }

  @Test
  @DisplayName("F8 one of fifty hangs until the deadline: 49 are done, its outcome is unknown")
  void theOthersAreDoneWhenOneHangsAtTheEnd() {
    FiftyHosts fifty = new FiftyHosts(directory);
    CountDownLatch others = new CountDownLatch(50);
    fifty.ssh.whenMatching("*", "sh -c .*").answer(0, "", "");
    fifty
        .ssh
        .when("10.0.0.50", "sh -c last")
        .effect((command, files) -> others.countDown())
        .hangs();
    List<HostResult> told = Collections.synchronizedList(new ArrayList<>());
    Bootstrap bootstrap =
        fifty
            .builder()
            .hook(Hook.command("last", "last", "undo").after(Phase.INIT))
            .deadline(overAfter(others))
            .onStep(
                row -> {
                  told.add(row);
                  if (row.step().equals("last")) {
                    others.countDown();
                  }
                })
            .build();

    Report report = catchThrowableOfType(BootstrapException.class, bootstrap::init).report();

    assertThat(report.failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo("10.0.0.50");
              assertThat(row.step()).isEqualTo("last");
              assertThat(row.status()).isEqualTo(Status.UNKNOWN);
              assertThat(row.message())
                  .isEqualTo(
                      "told to end, because the deadline of 20 min was over:"
                          + " it may or may not have taken effect");
            });
    assertThat(report.results())
        .filteredOn(row -> row.step().equals("last") && row.status() == Status.CHANGED)
        .hasSize(49);
    assertThat(told).containsExactlyInAnyOrderElementsOf(report.results());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whatIsNotBegunIsSkippedAndNextTimeDone() {
    FiftyHosts few = new FiftyHosts(directory, "few", 5);
    CountDownLatch hanging = new CountDownLatch(1);
    few.ssh.when("10.0.0.2", "init").effect((command, files) -> hanging.countDown()).hangs();
    Bootstrap bootstrap = few.builder().parallelHosts(1).deadline(overAfter(hanging)).build();

    BootstrapException e = catchThrowableOfType(BootstrapException.class, bootstrap::init);

    assertThat(e).hasMessageContaining("10.0.0.2: init: told to end");
    assertThat(e.report().results())
        .filteredOn(row -> row.step().equals("init"))
        .extracting(HostResult::status)
        .containsExactly(
            Status.CHANGED, Status.UNKNOWN, Status.SKIPPED, Status.SKIPPED, Status.SKIPPED);
    assertThat(e.report().results("10.0.0.1"))
        .filteredOn(row -> row.step().equals("endpoints"))
        .extracting(HostResult::message)
        .containsExactly("skipped, because the deadline of 20 min was over");
    assertThat(few.addresses()).noneMatch(few::knowsRegistries);
    assertLocksAreFree(few);

    few.ssh.when("10.0.0.2", "init").answer(0, "", "").writes("/etc/initialised", "yes");
    assertThat(few.builder().build().init().succeeded()).isTrue();
    assertThat(few.addresses()).allMatch(few::isInitialised).allMatch(few::knowsRegistries);
  }

  @Test
  void aDeadlineBetweenTwoStepsIsAFailureToo() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    Deadline deadline =
        new Deadline(
            LIMIT,
            (task, limit) -> {
              assertThat(awaited(over)).isTrue();
              return false;
            });
    Bootstrap bootstrap =
        few.builder()
            .deadline(deadline)
            .onStep(
                row -> {
                  // The last row of a step: nothing is under way when the interrupt comes.
                  if (row.step().equals("init") && row.host().equals("10.0.0.4")) {
                    over.countDown();
                    assertThat(awaited(noticed)).isFalse();
                  }
                })
            .parallelHosts(1)
            .build();

    Report report = catchThrowableOfType(BootstrapException.class, bootstrap::init).report();

    assertThat(report.failures())
        .hasSize(4)
        .allSatisfy(
            row -> {
              assertThat(row.step()).isEqualTo("deadline");
              assertThat(row.message())
                  .isEqualTo("the deadline of 20 min was over before all was done on this host");
            });
    assertThat(report.results())
        .filteredOn(row -> row.step().equals("endpoints"))
        .hasSize(4)
        .allMatch(row -> row.status() == Status.SKIPPED);
  }

  /** False when the thread is interrupted; the flag stays. */
  private static boolean awaited(CountDownLatch event) {
    try {
      event.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  @DisplayName("F15 an interrupt while artifacts are sent is no failure of the hosts")
  void whatADistributorWasAtIsUnknown() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    CountDownLatch hanging = new CountDownLatch(1);
    few.ssh
        .whenMatching("10.0.0.3", "hawser-agent commit .*")
        .effect((command, files) -> hanging.countDown())
        .hangs();
    Bootstrap bootstrap = few.builder().deadline(overAfter(hanging)).build();

    Report report = catchThrowableOfType(BootstrapException.class, bootstrap::init).report();

    assertThat(report.failures())
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.step()).isEqualTo("distribute");
              assertThat(row.status()).isEqualTo(Status.UNKNOWN);
              assertThat(row.message()).startsWith("told to end, because the deadline");
            });
    assertThat(report.results("10.0.0.4"))
        .filteredOn(row -> row.step().equals("endpoints"))
        .extracting(HostResult::status)
        .containsExactly(Status.SKIPPED);
  }

  @Test
  void resetHasTheDeadlineTooAndCanBeRepeated() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    few.builder().build().init();
    CountDownLatch hanging = new CountDownLatch(1);
    few.ssh
        .when("10.0.0.4", "undo of init")
        .effect((command, files) -> hanging.countDown())
        .hangs();

    BootstrapException e =
        catchThrowableOfType(
            BootstrapException.class,
            () -> few.builder().deadline(overAfter(hanging)).build().reset());

    assertThat(e.report().failures())
        .filteredOn(row -> row.host().equals("10.0.0.4"))
        .extracting(HostResult::status)
        .containsExactly(Status.UNKNOWN);
    few.ssh.when("10.0.0.4", "undo of init").answer(0, "", "").removes("/etc/initialised");
    few.builder().build().reset();
    assertThat(few.addresses()).noneMatch(few::isInitialised);
  }

  @Test
  void aRunThatEndsInTimeIsAsWithoutADeadline() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    Report report = few.builder().deadline(Duration.ofHours(1)).build().init();
    assertThat(report.succeeded()).isTrue();
    assertThat(few.builder().deadline(Duration.ofHours(1)).build().init().changed()).isFalse();
  }

  @Test
  @DisplayName("F15 an interrupt of the caller ends a run with a deadline, and keeps the flag")
  void anInterruptIsNotTakenForTheDeadline() throws InterruptedException {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    CountDownLatch hanging = new CountDownLatch(1);
    few.ssh.when("10.0.0.4", "init").effect((command, files) -> hanging.countDown()).hangs();
    Bootstrap bootstrap = few.builder().deadline(Duration.ofHours(1)).build();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                bootstrap.init();
              } catch (RuntimeException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    hanging.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(CancelledException.class);
    assertThat(flag.get()).isTrue();
    assertLocksAreFree(few);
  }

  @Test
  void aDeadlineOfNothingIsRefused() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> few.builder().deadline(Duration.ZERO))
        .withMessageContaining("not more than zero");
    assertThatThrownBy(() -> few.builder().deadline(Duration.ofSeconds(-1)))
        .hasMessageContaining("PT-1S");
  }

  private static void assertLocksAreFree(FiftyHosts hosts) {
    List<Host> all = hosts.cluster.hosts();
    assertThat(hosts.cluster.hosts(Role.REGISTRY)).isNotEmpty();
    ClusterLock.take(hosts.ssh, hosts.cluster, all).close();
  }
}
