package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * What apply does, one phase after the other. A host that failed is left alone from then on; the
 * others proceed.
 */
final class AppliedPhases {
  private final ClusterCommand command;
  private final Cluster cluster;
  private final ProgressBar bar;
  private final Bootstrap bootstrap;
  private final Filesystem filesystem;

  AppliedPhases(ClusterCommand command, Cluster cluster, SshClient ssh) {
    this.command = command;
    this.cluster = cluster;
    this.bar = new ProgressBar(command.out(), Ansi.AUTO.enabled());
    this.bootstrap = command.options().bootstrap(cluster, ssh);
    this.filesystem = command.options().filesystem(cluster, ssh, bar);
  }

  /** All phases. */
  Report all() {
    return after(preflight());
  }

  /** Looks, and changes nothing. */
  Report preflight() {
    return command.phase("preflight", bootstrap::preflight);
  }

  /** Everything that comes after the preflight, whose report comes first in what this gives. */
  Report after(Report preflight) {
    Report all = preflight;
    all = next(all, hosts -> sending("mount", () -> filesystem.mountRootfs(hosts)));
    all = next(all, hosts -> command.phase("check", preflight, () -> bootstrap.preflight(hosts)));
    all = next(all, hosts -> command.phase("init", () -> bootstrap.init(hosts)));
    String last = "external dependencies";
    all = next(all, hosts -> command.phase(last, () -> bootstrap.applyExternalDeps(hosts)));
    if (able(all).isEmpty()) {
      command.out().println("== no host is left: what would come next was not begun");
    }
    return all;
  }

  /** Another phase, on hosts that are able; none when there are none. */
  private Report next(Report soFar, Function<List<String>, Report> phase) {
    List<String> able = able(soFar);
    return able.isEmpty() ? soFar : soFar.then(phase.apply(able));
  }

  /** A phase that sends trees: the bar shows how far it is. */
  Report sending(String name, Supplier<Report> work) {
    return command.phase(
        name,
        () -> {
          try {
            return work.get();
          } finally {
            bar.end();
          }
        });
  }

  /** A plan is for all hosts: when one of them cannot be brought up none is begun with. */
  Report planned(Plan plan) {
    Report found = preflight();
    if (!found.succeeded()) {
      command.out().println("== nothing was begun: a plan is for all hosts");
      return found;
    }
    return found.then(sending("the plan", PlannedRun.of(plan, bootstrap, filesystem)::apply));
  }

  private List<String> able(Report soFar) {
    Set<String> failed = new HashSet<>();
    soFar.failures().stream().map(HostResult::host).forEach(failed::add);
    return Addresses.of(cluster).stream()
        .filter(address -> !failed.contains(cluster.host(address).address()))
        .toList();
  }
}
