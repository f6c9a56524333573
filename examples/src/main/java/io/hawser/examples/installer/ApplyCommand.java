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

@Command(
    name = "apply",
    description = "Brings the hosts up: preflight, mount, check, init, external dependencies.")
final class ApplyCommand extends ClusterCommand {
  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "do what plan --out FILE kept, on all hosts, or nothing when a host changed")
  private @Nullable Path file;

  private @Nullable Plan plan;

  ApplyCommand() {}

  @Override
  void check(Cluster cluster) {
    if (file == null) {
      return;
    }
    try {
      plan = Plan.fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("--plan " + HawserCommand.words(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--plan " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    AppliedPhases phases = new AppliedPhases(this, cluster, ssh);
    return conclude(plan == null ? phases.all() : phases.planned(plan));
  }
}
