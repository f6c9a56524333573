package io.hawser.testkit;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a distributor does where something is wrong. */
final class FailureChecks {
  private static final int BROKEN = 0;
  private static final long END_SECONDS = 20;

  private FailureChecks() {}

  static void down(DistributorBench bench) throws InterruptedException {
    bench.hosts.stop(BROKEN);
    assertOthersFilled(bench, bench.distribute());
  }

  static void closed(DistributorBench bench) throws InterruptedException {
    bench.door(
        host -> {
          if (host.equals(bench.host(BROKEN))) {
            throw new SshException(
                host.address(), SshException.Reason.LINK, "says the check", null);
          }
        });
    assertOthersFilled(bench, bench.distribute());
  }

  private static void assertOthersFilled(DistributorBench bench, Report report) {
    Host broken = bench.host(BROKEN);
    assertFailed(report, broken, DistributorRule.FAILING_HOST);
    for (Host host : bench.targets()) {
      if (!host.equals(broken)) {
        DistributorBench.assertRow(report, host, Status.CHANGED, DistributorRule.FAILING_HOST);
        bench.assertHolds(host);
      }
    }
  }

  private static void assertFailed(Report report, Host host, DistributorRule rule) {
    DistributorBench.assertRow(report, host, Status.FAILED, rule);
    if (DistributorBench.row(report, host).message().isBlank()) {
      throw Breach.of(rule, "a message that says why", "none").on(host.address());
    }
  }

  static void deadline(DistributorBench bench) throws InterruptedException {
    List<HostBefore> all = HostBefore.of(bench.targets());
    Report report = bench.distribute(job -> job.within(Duration.ZERO));
    for (HostBefore before : all) {
      assertFailed(report, before.host(), DistributorRule.DEADLINE);
      List<String> found = before.differences();
      if (!found.isEmpty()) {
        throw Breach.of(DistributorRule.DEADLINE, "the host as before", found.get(0))
            .on(before.host().address());
      }
    }
  }

  /** A blob is changed in the source after its content was read: as long, but other bytes. */
  static void damaged(DistributorBench bench) throws IOException, InterruptedException {
    String blob =
        bench.expected.paths().stream()
            .filter(it -> it.endsWith("/data"))
            .findFirst()
            .orElseThrow();
    Path file = bench.source.resolve(blob);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Report report = bench.distribute();
    for (Host host : bench.targets()) {
      bench
          .expected
          .wrong(bench.place(host))
          .ifPresent(
              flaw -> {
                throw flaw.breach(DistributorRule.SOURCE).on(host.address());
              });
      // The right bytes may have come from elsewhere.
      if (bench.expected.missing(bench.place(host)).isPresent()) {
        assertFailed(report, host, DistributorRule.SOURCE);
      }
    }
  }

  static void interrupt(DistributorBench bench) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    bench.ssh.watch(
        new WatchedClient.Watcher() {
          @Override
          public void after(Host host) {
            begun.countDown();
          }
        });
    BoundedRun run = bench.begin();
    begun.await(END_SECONDS, TimeUnit.SECONDS);
    run.interrupt();
    String expected = "a CancelledException";
    try {
      Report report = run.end(END_SECONDS);
      // It may have been through already.
      for (Host host : bench.targets()) {
        if (DistributorBench.row(report, host).status().isFailure()) {
          throw Breach.of(DistributorRule.INTERRUPT, expected, "a report: " + report.results());
        }
        bench.assertHolds(host);
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof CancelledException)) {
        throw Breach.of(DistributorRule.INTERRUPT, expected, String.valueOf(e.getCause()))
            .because(e.getCause());
      }
    } catch (TimeoutException e) {
      String found = "still at work after " + END_SECONDS + " s";
      throw Breach.of(DistributorRule.INTERRUPT, expected, found).because(e);
    }
  }
}
