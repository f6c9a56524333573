package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshException;
import io.hawser.ssh.mock.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of a login user who is not root, where the target can have one. */
interface SshSudoContract {
  /** A host whose login user is not root and may use sudo. */
  SshSubject sudoSubject() throws Exception;

  /** From now on sudo refuses that user. */
  void refuseSudo(SshSubject subject) throws Exception;

  @Test
  @DisplayName("C8 a command runs as root through sudo unless it says otherwise")
  default void aCommandRunsThroughSudoUnlessItSaysOtherwise() throws Exception {
    try (SshSubject subject = sudoSubject()) {
      Command asRoot = Command.script(Script.of("through", "echo \"${SUDO:-none}\""));
      Command asUser = script("echo \"${SUDO:-none}\"");
      subject.does(asRoot, Answer.exited(0, "sudo\n", ""));
      subject.does(asUser, Answer.exited(0, "none\n", ""));

      assertThat(subject.client().run(subject.host(), asRoot).stdout()).isEqualTo("sudo\n");
      assertThat(subject.client().run(subject.host(), asUser).stdout()).isEqualTo("none\n");
    }
  }

  @Test
  @DisplayName("C8 a sudo that refuses is typed, and commands of the login user do not meet it")
  default void aSudoThatRefusesIsTyped() throws Exception {
    try (SshSubject subject = sudoSubject()) {
      refuseSudo(subject);
      Command asRoot = Command.script(Script.of("through", "echo x"));
      Command asUser = script("echo x");
      subject.does(asRoot, Answer.exited(0, "x\n", ""));
      subject.does(asUser, Answer.exited(0, "x\n", ""));

      SshException failure =
          catchThrowableOfType(
              SshException.class, () -> subject.client().run(subject.host(), asRoot));
      assertThat(failure.reason().name()).startsWith("SUDO");
      assertThat(failure)
          .hasMessageStartingWith(subject.host().address() + ": ")
          .hasMessageContaining("sudo")
          .hasMessageContaining(subject.host().ssh().user());
      assertThat(subject.client().run(subject.host(), asUser).stdout()).isEqualTo("x\n");
    }
  }
}
