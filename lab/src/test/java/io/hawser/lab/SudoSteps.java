package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.SudoUsers;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of every kind of sudo user. */
final class SudoSteps {
  private final Lab lab;
  private final SudoUsers users;

  SudoSteps(Lab lab, SudoUsers users) {
    this.lab = lab;
    this.users = users;
  }

  /** Runs a command as root that would not pass where anything of it were changed on the way. */
  void assertRunsAsRoot(String user, @Nullable String password) {
    Command command =
        script("id -u; umask; printf '%s|' \"$A\" \"$LC_ALL\" \"$1\"; cat; echo err >&2", "it's $1")
            .withEnv(Map.of("A", "x 'y'\n\"z\""))
            .withInput("in\r\n\0put");
    CommandResult result = users.client().run(users.host(user, password), command);
    assertThat(result.stdout()).isEqualTo("0\n0022\nx 'y'\n\"z\"|C|it's $1|in\r\n\0put");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.exitCode()).isZero();
  }

  /** How a command fails to start; none of it has run. */
  SshException failure(String user, @Nullable String password) {
    Command command = script("echo ran >>/run/ran-" + user);
    SshException failure =
        catchThrowableOfType(
            SshException.class, () -> users.client().run(users.host(user, password), command));
    assertThat(failure).as("sudo of " + user).isNotNull();
    assertThat(lab.on(1, "test ! -e /run/ran-" + user).status()).as("nothing ran").isZero();
    return failure;
  }

  static Command script(String text, String... arguments) {
    return Command.script(Script.of("test", text), arguments);
  }
}
