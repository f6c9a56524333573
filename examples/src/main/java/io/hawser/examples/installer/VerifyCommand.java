package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.registry.PullMatrix;
import io.hawser.registry.Registries;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    description = "Recomputes every digest on every registry and asks each from every host.")
final class VerifyCommand extends ClusterCommand {
  VerifyCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Registries registries = options().registries(cluster);
    Report report = phase("verify", () -> registries.verify(ssh, cluster.hosts()));
    out().println();
    out().print(PullMatrix.of(report).toTable());
    return conclude(report);
  }
}
