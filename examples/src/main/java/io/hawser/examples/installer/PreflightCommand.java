package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "preflight", description = "Looks whether the hosts can be brought up.")
final class PreflightCommand extends ClusterCommand {
  PreflightCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Report report = phase("preflight", () -> options().bootstrap(cluster, ssh).preflight());
    options().write(report);
    return report.succeeded() ? HawserCommand.DONE : HawserCommand.FAILED;
  }
}
