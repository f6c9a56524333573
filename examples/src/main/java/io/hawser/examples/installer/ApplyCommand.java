package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "apply",
    description = "Brings the hosts up: preflight, mount, check, init, external dependencies.")
final class ApplyCommand extends ClusterCommand {
  ApplyCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    return conclude(new AppliedPhases(this, cluster, ssh).all());
  }
}
