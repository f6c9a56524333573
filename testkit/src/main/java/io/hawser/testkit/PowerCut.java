package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A host loses its power in the middle of a run. What lies there must be right as far as it goes,
 * the row true, the other hosts filled, and the next run must end the work.
 *
 * @param target which of the targets, from 0
 * @param command before which of its commands; 0 for none
 * @param bytes after how many bytes that its commands were sent
 */
record PowerCut(int target, int command, long bytes) {
  static final ImmutableList<PowerCut> ALL =
      ImmutableList.of(
          new PowerCut(0, 0, 0),
          new PowerCut(0, 0, 100_000),
          new PowerCut(0, 4, 0),
          new PowerCut(2, 0, 0),
          new PowerCut(2, 0, 100_000),
          new PowerCut(2, 2, 0),
          new PowerCut(2, 3, 0),
          new PowerCut(2, 4, 0),
          new PowerCut(2, 6, 0));

  String when() {
    String host = target == 0 ? "the first host" : "the last host";
    return command == 0
        ? "after more than " + bytes + " bytes for " + host
        : "before command " + command + " of " + host;
  }

  void check(DistributorBench bench) throws InterruptedException {
    Host victim = bench.targets().get(target);
    Fuse fuse = new Fuse(bench, victim);
    bench.ssh.watch(fuse);
    Report broken = bench.distribute();
    bench.ssh.watchNoMore();
    FillingChecks.look(bench, victim)
        .ifPresent(
            breach -> {
              throw breach;
            });
    HostResult row = DistributorBench.row(broken, victim);
    if (!row.status().isFailure()) {
      bench.assertHolds(victim);
    }
    for (Host host : bench.targets()) {
      if (!host.equals(victim)) {
        DistributorBench.assertRow(broken, host, Status.CHANGED, DistributorRule.FAILING_HOST);
        bench.assertHolds(host);
      }
    }
    if (fuse.isBlown()) {
      bench.hosts.boot(bench.number(victim));
    }
    Report again = bench.distribute();
    HostResult next = DistributorBench.row(again, victim);
    if (next.status() != Status.CHANGED && next.status() != Status.OK) {
      String found = next.status() + ": " + next.message();
      throw Breach.of(DistributorRule.CONVERGES, "a row that says CHANGED or OK", found)
          .on(victim.address());
    }
    bench.targets().forEach(bench::assertHolds);
  }

  /** Cuts the power once. */
  private final class Fuse implements WatchedClient.Watcher {
    private final DistributorBench bench;
    private final Host victim;
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean blown = new AtomicBoolean();

    Fuse(DistributorBench bench, Host victim) {
      this.bench = bench;
      this.victim = victim;
    }

    boolean isBlown() {
      return blown.get();
    }

    @Override
    public void before(Host host) {
      if (host.equals(victim) && commands.incrementAndGet() == command) {
        blow();
      }
    }

    @Override
    public void input(Host host, int count) {
      if (host.equals(victim) && command == 0 && sent.addAndGet(count) > bytes) {
        blow();
      }
    }

    private void blow() {
      if (blown.compareAndSet(false, true)) {
        bench.hosts.stop(bench.number(victim));
      }
    }
  }
}
