package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "reset", description = "Undoes everything that apply did, and nothing else.")
final class ResetCommand extends ClusterCommand {
  ResetCommand() {}

  @Override
  boolean needsImages() {
    return false;
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Bootstrap bootstrap = options().bootstrap(cluster, ssh);
    Filesystem filesystem = options().filesystem(cluster, ssh, progress -> {});
    Report reset = phase("reset", bootstrap::reset);
    Report unmounted = phase("unmount", () -> filesystem.unMountRootfs(addresses(cluster)));
    return conclude(reset.then(unmounted));
  }
}
