package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlanRefusedException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What plan and apply of the installer do with files, on a host in memory. */
class PlanFilesTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final MockSsh ssh = MockSsh.create();
  private final String home = System.getProperty("user.home");
  private Cluster cluster;

  @BeforeEach
  void makeCluster() {
    // The installer keeps the secrets of a cluster there.
    System.setProperty("user.home", directory.toString());
    cluster =
        Cluster.named("kept")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build())
            .mount(SampleImages.of(1).writeRootfs(directory.resolve("rootfs")))
            .build();
    ssh.when("*", "check").answer(0, "", "");
    ssh.when("*", "init").answer(0, "", "");
  }

  @AfterEach
  void leaveHome() {
    System.setProperty("user.home", home);
  }

  private int run(ClusterCommand command, String... arguments) throws IOException {
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .parseArgs(
            Stream.concat(Stream.of("-f", "Clusterfile"), List.of(arguments).stream())
                .toArray(String[]::new));
    command.check(cluster);
    return command.run(cluster, ssh);
  }

  @Test
  void aPlanIsKeptShownCarriedOutAndThenThereIsNoMore() throws IOException {
    Path file = directory.resolve("plan.json");
    assertThat(run(new PlanCommand(), "--out", file.toString(), "--diff", "--detailed-exitcode"))
        .isEqualTo(3);
    assertThat(out.toString())
        .contains("+++ b/10.0.0.1/etc/hosts", "+10.0.0.1 sealos.hub", "$ systemctl restart")
        .contains("| bash init.sh");
    assertThat(Plan.fromJson(Files.readString(file)).hasChanges()).isTrue();
    assertThat(run(new PlanCommand())).as("as ever without the option").isZero();

    assertThat(run(new ApplyCommand(), "--plan", file.toString())).isZero();
    assertThat(out.toString()).contains("== preflight", "== the plan", "done, ");
    assertThat(run(new PlanCommand(), "--detailed-exitcode")).isZero();
    assertThat(run(new PlanCommand(), "--diff")).isZero();
    assertThat(out.toString()).contains("# nothing to change, ");
  }

  @Test
  void aHostThatChangedIsNamedAndNothingIsDone() throws IOException {
    Path file = directory.resolve("plan.json");
    assertThat(run(new PlanCommand(), "--out", file.toString())).isZero();
    ssh.files("10.0.0.1").write("/etc/hosts", "10.9.9.9 theirs\n");
    int files = ssh.files("10.0.0.1").paths().size();
    PlanRefusedException refusal =
        catchThrowableOfType(
            PlanRefusedException.class, () -> run(new ApplyCommand(), "--plan", file.toString()));
    assertThat(refusal).hasMessageContaining("10.0.0.1: names: /etc/hosts: is not what it was");
    assertThat(ssh.files("10.0.0.1").paths()).hasSize(files);
  }

  @Test
  void aHostThatFailsThePreflightIsNotBegunWith() throws IOException {
    Path file = directory.resolve("plan.json");
    assertThat(run(new PlanCommand(), "--out", file.toString())).isZero();
    ssh.unreachable("10.0.0.1");
    assertThat(run(new ApplyCommand(), "--plan", file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("== preflight").doesNotContain("== the plan");
    assertThat(run(new PlanCommand(), "--detailed-exitcode")).isEqualTo(1);
  }

  @Test
  void aPlanThatCannotBeReadOrWrittenIsBadInput() throws IOException {
    Path clusterfile =
        Files.writeString(
            directory.resolve("Clusterfile"),
            """
            kind: Cluster
            metadata: {name: one}
            spec:
              ssh: {passwd: x, port: 1}
              hosts: [{ips: [127.0.0.1], roles: [master]}]
            """);
    Path damaged = Files.writeString(directory.resolve("damaged"), "{\"formatVersion\": 9}");
    String[] wrong = {"apply", "-f", clusterfile.toString(), "--plan", damaged.toString()};
    assertThat(installer(wrong)).isEqualTo(2);
    assertThat(err.toString()).contains("--plan " + damaged + ": this plan has formatVersion 9");
    wrong[4] = directory.resolve("none").toString();
    assertThat(installer(wrong)).isEqualTo(2);
    assertThat(err.toString()).contains("none: there is no such file");
    assertThat(installer("plan", "-f", clusterfile.toString(), "--out", "/nowhere/plan"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--out /nowhere/plan: /nowhere is not a directory");
    assertThat(out.toString()).isEmpty();
  }

  private int installer(String... arguments) {
    return HawserCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
