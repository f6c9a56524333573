package io.hawser.examples.installer;

import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(name = "plan", description = "Shows what apply would do; changes nothing.")
final class PlanCommand extends ClusterCommand {
  PlanCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Plan plan = options().bootstrap(cluster, ssh).plan();
    out().print(plan.toTable());
    out().flush();
    options().writeJson(plan.toJson());
    return plan.hasProblems() ? HawserCommand.FAILED : HawserCommand.DONE;
  }
}
