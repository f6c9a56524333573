package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.registry.Distribution;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What a distributor does where nothing is wrong. */
final class FillingChecks {
  private FillingChecks() {}

  static void emptyHosts(DistributorBench bench) throws InterruptedException {
    Report report = bench.distribute();
    bench.assertFilled(report, bench.targets().toArray(new Host[0]));
  }

  static void rows(DistributorBench bench) throws InterruptedException {
    Report report = bench.distribute();
    List<String> wanted = bench.targets().stream().map(Host::address).toList();
    List<String> found = report.results().stream().map(HostResult::host).toList();
    if (!found.equals(wanted)) {
      throw Breach.of(DistributorRule.ROWS, "rows of " + wanted, "rows of " + found);
    }
    for (HostResult row : report.results()) {
      if (!row.step().equals(Distribution.STEP)) {
        String step = "the step \"" + Distribution.STEP + "\"";
        throw Breach.of(DistributorRule.ROWS, step, "\"" + row.step() + "\"").on(row.host());
      }
    }
  }

  static void listener(DistributorBench bench) throws InterruptedException {
    Report report = bench.distribute();
    for (HostResult row : report.results()) {
      List<HostResult> heard =
          bench.heard.stream().filter(it -> it.host().equals(row.host())).toList();
      if (heard.size() != 1 || !heard.get(0).status().equals(row.status())) {
        String said = heard.stream().map(it -> it.status().name()).collect(Collectors.joining(" "));
        String found = "heard " + heard.size() + " times: " + said;
        String expected = "heard once: " + row.status();
        throw Breach.of(DistributorRule.LISTENER, expected, found).on(row.host());
      }
    }
  }

  static void access(DistributorBench bench) throws InterruptedException {
    bench.distribute();
    for (Host host : bench.targets()) {
      long times = bench.opened.stream().filter(host.address()::equals).count();
      if (times > 1) {
        String found = "asked " + times + " times";
        throw Breach.of(DistributorRule.ACCESS, "asked once", found).on(host.address());
      }
    }
  }

  /** Looks at a host before and after every command that is run there. */
  static void order(DistributorBench bench) throws InterruptedException {
    Map<String, Breach> breaches = new ConcurrentHashMap<>();
    bench.ssh.watch(
        new WatchedClient.Watcher() {
          @Override
          public void before(Host host) {
            look(bench, host).ifPresent(it -> breaches.putIfAbsent(host.address(), it));
          }

          @Override
          public void after(Host host) {
            before(host);
          }
        });
    bench.distribute();
    bench.ssh.watchNoMore();
    for (Host host : bench.targets()) {
      Breach breach = breaches.get(host.address());
      if (breach != null) {
        throw breach;
      }
    }
  }

  /** What is at its place and may not be. */
  static Optional<Breach> look(DistributorBench bench, Host host) {
    return bench
        .expected
        .early(bench.place(host))
        .map(flaw -> flaw.breach(DistributorRule.ORDER))
        .or(
            () ->
                bench
                    .expected
                    .wrong(bench.place(host))
                    .map(flaw -> flaw.breach(DistributorRule.WHOLE)))
        .map(breach -> breach.on(host.address()));
  }
}
