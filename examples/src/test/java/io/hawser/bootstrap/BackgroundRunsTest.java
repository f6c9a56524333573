package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.CancelledException;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.ClusterLock;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls on threads of their own: looked at, waited for, cancelled. */
@Timeout(60)
class BackgroundRunsTest {
  @TempDir Path directory;

  @Test
  void aRunEndsWithTheReportThatTheCallGives() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    BackgroundRun run = BackgroundRuns.init(few.builder().build());

    Report report = run.await();

    assertThat(run.isDone()).isTrue();
    assertThat(report.succeeded()).isTrue();
    assertThat(run.report()).isSameAs(report);
    assertThat(run.await(Duration.ZERO)).isTrue();
    run.cancel(); // too late, and no harm
    assertThat(run.await()).isSameAs(report);
    assertThat(few.addresses()).allMatch(few::knowsRegistries);
  }

  @Test
  void everyCallCanBeMadeForSomeHosts() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    Bootstrap bootstrap = few.builder().build();
    Filesystem filesystem = Filesystems.of(few.cluster, few.ssh);
    List<StringBuilder> one = List.of(new StringBuilder("10.0.0.1"));

    assertThat(hosts(BackgroundRuns.applyExternalDeps(bootstrap, one))).contains("10.0.0.1");
    assertThat(hosts(BackgroundRuns.init(bootstrap, one))).contains("10.0.0.1");
    assertThat(few.isInitialised("10.0.0.4")).isFalse();
    assertThat(BackgroundRuns.init(bootstrap, List.of()).await().isEmpty()).isTrue();
    assertThat(hosts(BackgroundRuns.reset(bootstrap, one))).containsOnly("10.0.0.1");
    assertThat(hosts(BackgroundRuns.unMountRootfs(filesystem, one))).containsOnly("10.0.0.1");
    assertThat(hosts(BackgroundRuns.mountRootfs(filesystem, one))).containsOnly("10.0.0.1");
    assertThat(BackgroundRuns.applyExternalDeps(bootstrap).await().succeeded()).isTrue();
    assertThat(BackgroundRuns.reset(bootstrap).await().succeeded()).isTrue();
    few.ssh.when("*", "check").answer(0, "", "");
    assertThat(BackgroundRuns.preflight(bootstrap).await().isEmpty()).isFalse();
    BackgroundRun nobody = BackgroundRuns.init(bootstrap, List.of("192.0.2.1"));
    assertThatThrownBy(nobody::await)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("192.0.2.1");
    assertThat(nobody.report().isEmpty()).isTrue();
  }

  private static List<String> hosts(BackgroundRun run) {
    return run.await().results().stream().map(HostResult::host).distinct().toList();
  }

  @Test
  void theReportOfAFailedCallIsThere() throws Exception {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    few.ssh.when("10.0.0.4", "init").answer(1, "", "no\n");
    BackgroundRun run = BackgroundRuns.init(few.builder().build());

    BootstrapException e = catchThrowableOfType(BootstrapException.class, run::await);

    assertThat(run.report()).isSameAs(e.report());
    assertThat(run.report().failures()).hasSize(1);
    assertThat(((Report) copy(run.report())).results()).isEqualTo(run.report().results());
    assertThat(((BootstrapException) copy(e)).report().results()).isEqualTo(e.report().results());
  }

  @Test
  @DisplayName("F15 a run is cancelled from another thread: nothing more is begun, locks are free")
  void aRunIsCancelledFromAnotherThread() throws InterruptedException {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    CountDownLatch othersAreDone = new CountDownLatch(4);
    few.ssh.when("10.0.0.4", "init").effect((command, files) -> othersAreDone.countDown()).hangs();
    Bootstrap bootstrap =
        few.builder()
            .onStep(
                row -> {
                  if (row.step().equals("init")) {
                    othersAreDone.countDown();
                  }
                })
            .build();
    BackgroundRun run = BackgroundRuns.init(bootstrap);
    othersAreDone.await();

    assertThat(run.isDone()).isFalse();
    assertThat(run.await(Duration.ofMillis(1))).isFalse();
    List<HostResult> soFar = run.report().results();
    assertThat(soFar).extracting(HostResult::step).contains("registry", "ready", "names");
    run.cancel();

    assertThatThrownBy(run::await).isInstanceOf(CancelledException.class);
    assertThat(run.isDone()).isTrue();
    assertThat(run.report().results())
        .as("rows stay as they were told")
        .startsWith(soFar.toArray(new HostResult[0]));
    assertThat(run.report().failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo("10.0.0.4");
              assertThat(row.status()).isEqualTo(Status.UNKNOWN);
              assertThat(row.message()).startsWith("told to end, because the run was cancelled");
            });
    assertThat(few.addresses()).noneMatch(few::knowsRegistries);
    ClusterLock.take(few.ssh, few.cluster, few.cluster.hosts()).close();
  }

  @Test
  @DisplayName("F15 who is interrupted while waiting ends the run, and keeps the flag")
  void anInterruptWhileWaitingEndsTheRun() throws InterruptedException {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    CountDownLatch hanging = new CountDownLatch(1);
    few.ssh.when("10.0.0.4", "init").effect((command, files) -> hanging.countDown()).hangs();
    BackgroundRun run = BackgroundRuns.init(few.builder().build());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                run.await();
              } catch (RuntimeException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    waiting.start();
    hanging.await();
    waiting.interrupt();
    waiting.join();

    assertThat(thrown.get()).isInstanceOf(CancelledException.class);
    assertThat(flag.get()).isTrue();
    assertThat(run.isDone()).isTrue();
  }

  @Test
  void twoClustersAtOnceNeverMeet() throws Exception {
    FiftyHosts one = new FiftyHosts(directory, "one", 8);
    FiftyHosts two = new FiftyHosts(directory, "two", 8);
    CyclicBarrier both = new CyclicBarrier(2);
    List.of(one, two)
        .forEach(
            hosts -> hosts.ssh.when("10.0.0.4", "init").effect((command, files) -> meet(both)));
    two.ssh.when("10.0.0.8", "init").answer(1, "", "only here\n");

    BackgroundRun first = BackgroundRuns.init(one.builder().build());
    BackgroundRun second =
        BackgroundRuns.init(two.builder().onFailure(FailurePolicy.failFast()).build());

    assertThat(first.await().succeeded()).isTrue();
    assertThatThrownBy(second::await).hasMessageContaining("only here");
    assertThat(one.addresses()).allMatch(one::knowsRegistries);
    assertThat(two.addresses()).noneMatch(two::knowsRegistries);
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threadsAreDaemonsWithNames() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Bootstrap real = few.builder().build();
    Bootstrap own =
        (Bootstrap)
            Proxy.newProxyInstance(
                Bootstrap.class.getClassLoader(),
                new Class<?>[] {Bootstrap.class},
                (proxy, method, arguments) -> {
                  thread.set(Thread.currentThread());
                  return method.invoke(real, arguments);
                });
    assertThat(BackgroundRuns.init(own).await().succeeded())
        .as("also a bootstrap that somebody else wrote")
        .isTrue();
    assertThat(thread.get().isDaemon()).isTrue();
    assertThat(thread.get().getName()).matches("hawser-init-[0-9]+");
  }

  @Test
  void policiesCanBeKeptBetweenTwoStepsOfAPipeline() throws Exception {
    for (FailurePolicy policy :
        List.of(
            FailurePolicy.goOn(),
            FailurePolicy.failFast(),
            FailurePolicy.quorum(3),
            FailurePolicy.quorumPercent(50),
            FailurePolicy.registryQuorum(2))) {
      assertThat(copy(policy)).isEqualTo(policy).hasToString(policy.toString());
    }
  }

  private static Object copy(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
