package io.hawser.examples.installer;

import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "plan", description = "Shows what apply would do; changes nothing.")
final class PlanCommand extends ClusterCommand {
  /** There is something to do, for who asks with {@code --detailed-exitcode}. */
  static final int CHANGES = 3;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "keep the plan in a file, for apply --plan FILE")
  private @Nullable Path out;

  @Option(
      names = "--diff",
      description = "show commands and the differences of files; patch -p1 reads it")
  private boolean diff;

  @Option(
      names = "--detailed-exitcode",
      description = "exit status 3 when there is something to do, 0 when there is nothing")
  private boolean detailedExitCode;

  PlanCommand() {}

  @Override
  void check(Cluster cluster) {
    OutputFile.check("--out", out);
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Plan plan = options().bootstrap(cluster, ssh).plan();
    out().print(diff ? plan.toDiff() : plan.toTable());
    out().flush();
    options().writeJson(plan.toJson());
    if (out != null) {
      Files.writeString(out, plan.toJson());
    }
    if (plan.hasProblems()) {
      return HawserCommand.FAILED;
    }
    return detailedExitCode && plan.hasChanges() ? CHANGES : HawserCommand.DONE;
  }
}
