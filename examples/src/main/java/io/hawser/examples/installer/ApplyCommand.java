package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

@Command(
    name = "apply",
    description = "Brings the hosts up: preflight, mount, check, init, external dependencies.")
final class ApplyCommand extends ClusterCommand {
  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "do what plan --out FILE kept, on all hosts, or nothing when a host changed")
  private @Nullable Path file;

  private @Nullable Plan plan;

  ApplyCommand() {}

  @Override
  void check(Cluster cluster) {
    if (file == null) {
      return;
    }
    try {
      plan = Plan.fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("--plan " + file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--plan " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Bootstrap bootstrap = options().bootstrap(cluster, ssh);
    ProgressBar bar = new ProgressBar(out(), Ansi.AUTO.enabled());
    Filesystem filesystem = options().filesystem(cluster, ssh, bar);
    Report all = Report.empty();
    if (plan != null) {
      return carryOut(PlannedRun.of(plan, bootstrap, filesystem), bootstrap, bar);
    }

    // A host that failed is left alone from then on; the others proceed.
    all = all.then(phase("preflight", bootstrap::preflight));
    List<String> able = able(cluster, all);
    all = all.then(phase("mount", () -> mount(filesystem, able, bar)));
    List<String> mounted = able(cluster, all);
    all = all.then(phase("check", () -> bootstrap.preflight(mounted)));
    List<String> checked = able(cluster, all);
    all = all.then(phase("init", () -> bootstrap.init(checked)));
    List<String> initialised = able(cluster, all);
    all = all.then(phase("external dependencies", () -> bootstrap.applyExternalDeps(initialised)));
    return conclude(all);
  }

  /** A plan is for all hosts: when one of them cannot be brought up none is begun with. */
  private int carryOut(PlannedRun planned, Bootstrap bootstrap, ProgressBar bar)
      throws IOException {
    Report all = phase("preflight", bootstrap::preflight);
    if (all.succeeded()) {
      try {
        all = all.then(phase("the plan", planned::apply));
      } finally {
        bar.end();
      }
    }
    return conclude(all);
  }

  private static Report mount(Filesystem filesystem, List<String> hosts, ProgressBar bar) {
    try {
      return filesystem.mountRootfs(hosts);
    } finally {
      bar.end();
    }
  }

  private List<String> able(Cluster cluster, Report soFar) {
    Set<String> failed = new HashSet<>();
    soFar.failures().stream().map(HostResult::host).forEach(failed::add);
    return addresses(cluster).stream()
        .filter(address -> !failed.contains(cluster.host(address).address()))
        .toList();
  }
}
