package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.registry.Registries;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "repair",
    description =
        "Audits the registries and replaces exactly what is damaged or missing, while they serve;"
            + " what is foreign is kept.")
final class RepairCommand extends ClusterCommand {
  RepairCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Registries registries = options().registries(cluster);
    return conclude(phase("repair", () -> registries.repair(ssh, registries.replicas())));
  }
}
