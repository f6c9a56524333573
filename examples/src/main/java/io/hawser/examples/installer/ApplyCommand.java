package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

@Command(
    name = "apply",
    description = "Brings the hosts up: preflight, mount, check, init, external dependencies.")
final class ApplyCommand extends ClusterCommand {
  ApplyCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Bootstrap bootstrap = options().bootstrap(cluster, ssh);
    ProgressBar bar = new ProgressBar(out(), Ansi.AUTO.enabled());
    Filesystem filesystem = options().filesystem(cluster, ssh, bar);
    Report all = Report.empty();

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
