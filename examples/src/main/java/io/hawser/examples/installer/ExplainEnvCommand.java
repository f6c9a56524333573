package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvExplanation;
import io.hawser.report.Json;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain-env",
    description =
        "Shows what scripts and templates see on a host, where it comes from and what it beat;"
            + " contacts no host.")
final class ExplainEnvCommand extends ClusterCommand {
  @Parameters(paramLabel = "HOST", arity = "0..*", description = "addresses; all hosts if none")
  private List<String> hosts = new ArrayList<>();

  ExplainEnvCommand() {}

  @Override
  void check(Cluster cluster) {
    cluster.select(hosts);
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    List<EnvExplanation> explained =
        (hosts.isEmpty() ? cluster.hosts() : cluster.select(hosts))
            .stream().map(cluster::explainEnv).toList();
    out().print(explained.stream().map(EnvExplanation::toTable).collect(Collectors.joining("\n")));
    out().flush();
    options().writeJson(Json.write(explained.stream().map(EnvExplanation::toMap).toList()));
    return HawserCommand.DONE;
  }
}
