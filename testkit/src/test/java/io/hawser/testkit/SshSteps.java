package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests of SSH do again and again. */
final class SshSteps {
  private SshSteps() {}

  static Command command(String program, String... arguments) {
    return Command.of(program, arguments).asLoginUser();
  }

  static Command script(String text, String... arguments) {
    return Command.script(Script.of("test", text), arguments).asLoginUser();
  }

  static SshException fail(SshClient client, Host host) {
    SshException failure =
        catchThrowableOfType(SshException.class, () -> client.run(host, command("true")));
    assertThat(failure).as("a failure to connect").isNotNull();
    assertThat(failure).hasMessageStartingWith(host.address() + ": ");
    return failure;
  }

  static void waitFor(Path file) throws IOException {
    for (int i = 0; i < 1000; i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return;
      }
      pause();
    }
    throw new AssertionError(file + " does not appear");
  }

  /** No process of the group is left within ten seconds. */
  static void assertGone(Path pidFile) throws Exception {
    String group = Files.readString(pidFile).strip();
    for (int i = 0; i < 1000; i++) {
      Process probe = new ProcessBuilder("/bin/sh", "-c", "kill -0 -" + group).start();
      if (probe.waitFor() != 0) {
        return;
      }
      pause();
    }
    throw new AssertionError("process group " + group + " still runs");
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
