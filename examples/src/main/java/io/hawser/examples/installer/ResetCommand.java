package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reset",
    description = "Undoes everything that apply or run did, and nothing else; asks before.")
final class ResetCommand extends ClusterCommand {
  @Mixin private Confirmation confirmation = new Confirmation();

  @Option(
      names = "--purge",
      description =
          "remove also what others put into directories of this cluster, for example images that"
              + " users pushed")
  private boolean purge;

  ResetCommand() {}

  @Override
  boolean needsImages() {
    return false;
  }

  @Override
  void check(Cluster cluster) {
    out().println("reset of cluster " + cluster.name() + ": on each of these hosts everything is");
    out()
        .println("undone that its journal lists, newest first, and the images' trees are removed;");
    out()
        .println(
            "registries end, and what users pushed to them "
                + (purge ? "is removed, too." : "stays and is listed."));
    cluster.hosts().forEach(host -> out().println("  " + RoleWords.of(host)));
    out().flush();
    confirmation.require(
        options().surroundings().terminal(),
        err(),
        "Reset " + cluster.hosts().size() + " hosts of cluster " + cluster.name() + "?");
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Bootstrap bootstrap = options().bootstraps(cluster, ssh).purge(purge).build();
    Filesystem filesystem = options().filesystem(cluster, ssh, progress -> {});
    Report reset = phase("reset", bootstrap::reset);
    Report unmounted = phase("unmount", () -> filesystem.unMountRootfs(addresses(cluster)));
    return conclude(reset.then(unmounted));
  }

  @Override
  String afterInterruption() {
    return "Interrupted: what ran on the hosts was told to stop, and what is not undone yet is still"
        + " in the hosts' journals.\nRun the same command again to finish.";
  }
}
