package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import org.junit.jupiter.api.Test;

/** What a command that nobody scripted is told. */
class UnscriptedCommandTest {
  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").build();

  private UnscriptedCommandException unscripted(Command command) {
    return catchThrowableOfType(UnscriptedCommandException.class, () -> ssh.run(host, command));
  }

  @Test
  void theClosestRuleIsTheOneThatHasTheCommandButNotTheHost() {
    ssh.when("10.0.0.1", "id -u");
    ssh.when("10.0.0.9", "id -un");
    ssh.whenMatching("10.0.0.8", "systemctl (start|stop) [a-z]+");

    assertThat(unscripted(Command.of("id", "-un")).closest())
        .isEqualTo("when(\"10.0.0.9\", \"id -un\")");
    assertThat(unscripted(Command.of("systemctl", "stop", "registry")).closest())
        .startsWith("whenMatching(\"10.0.0.8\", ");
  }

  @Test
  void ofTwoRulesThatAreAsCloseTheOneForTheHostIsNamed() {
    ssh.when("10.0.0.9", "id -g");
    ssh.when("10.0.0.1", "id -u");
    ssh.when("10.0.0.9", "id -n");

    assertThat(unscripted(Command.of("id", "-G")).closest())
        .isEqualTo("when(\"10.0.0.1\", \"id -u\")");
  }

  @Test
  void whatToWriteCanBePastedIntoATest() {
    assertThat(unscripted(Command.of("echo", "a \"b\"\n\\c")))
        .hasMessageContaining(
            "there are no rules. Script it: when(\"10.0.0.1\", \"echo 'a \\\"b\\\"\\n\\\\c'\")"
                + ".answer(0, \"\", \"\"); or let every command succeed: lenient()");
    ssh.when("10.0.0.1", "echo 'a \"b\"\n\\c'").answer(0, "", "");
    ssh.run(host, Command.of("echo", "a \"b\"\n\\c")).orThrow();
  }

  @Test
  void aPortThatIsNotTheUsualOneIsNamed() {
    Host other = Host.at("fd00::1").ssh(SshAccess.builder().port(2222).build()).build();

    assertThatThrownBy(() -> ssh.run(other, Command.of("id")))
        .hasMessageStartingWith("fd00::1: \"id\" is not scripted")
        .hasMessageContaining("when(\"[fd00::1]:2222\", \"id\")");
  }
}
