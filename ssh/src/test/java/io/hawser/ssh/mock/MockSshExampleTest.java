package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of {@link MockSsh}'s own documentation. */
class MockSshExampleTest {
  private static final Path SOURCE = Path.of("src/main/java/io/hawser/ssh/mock/MockSsh.java");

  private final Cluster cluster =
      Cluster.named("example")
          .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build(), Host.at("10.0.0.3").build())
          .build();

  /** Installs with a script, and tries it twice; closes its client. */
  private record MyInstaller(Cluster cluster, SshClient ssh) {
    Report install() {
      List<HostResult> rows = new ArrayList<>();
      try (ssh) {
        for (Host host : cluster.hosts()) {
          rows.add(HostStep.run(host.address(), "install", () -> install(host)));
        }
      }
      return Report.of(rows);
    }

    private HostResult install(Host host) {
      String arch = ssh.run(host, Command.of("uname", "-m")).orThrow().stdout().strip();
      Command command = Command.script(Script.of("install.sh", "curl mirror | sh"), arch);
      CommandResult first = ssh.run(host, command);
      CommandResult last = first.succeeded() ? first : ssh.run(host, command).orThrow();
      return HostResult.of(host.address(), "install", Status.CHANGED, last.stdout());
    }
  }

  @Test
  void theExampleOfTheDocumentationWorks() {
    MockSsh ssh = MockSsh.create();
    ssh.when("*", "uname -m").answer(0, "x86_64\n", "");
    ssh.whenMatching("10.0.0.1", "install\\.sh .*")
        .answers(Answer.exited(1, "", "mirror is down\n"), Answer.exited(0, "done\n", ""))
        .delay(Duration.ofMinutes(3))
        .writes("/opt/app/version", "2");
    ssh.unreachable("10.0.0.3");

    Report report = new MyInstaller(cluster, ssh.client()).install();

    assertThat(report.failures()).extracting(HostResult::host).containsExactly("10.0.0.3");
    assertThat(ssh.files("10.0.0.1").text("/opt/app/version")).isEqualTo("2");
    assertThat(ssh.transcript("10.0.0.1"))
        .extracting(RecordedCommand::exitCode)
        .containsExactly(0, 1, 0);
  }

  /** What stands in the documentation is what the test above runs. */
  @Test
  void theExampleIsTheOneThatIsTested() throws IOException {
    String here =
        squeezed(
            Files.readString(Path.of("src/test/java/io/hawser/ssh/mock/MockSshExampleTest.java")));
    List<String> lines = Files.readAllLines(SOURCE);
    int start = lines.indexOf(" * <pre>{@code");
    int end = lines.indexOf(" * }</pre>");
    String example = String.join("\n", lines.subList(start + 1, end)).replaceAll("(?m)^ \\*", "");

    assertThat(example).contains("MockSsh.create()");
    assertThat(here).contains(squeezed(example));
  }

  private static String squeezed(String source) {
    return source.replaceAll("\\s+", "");
  }
}
