package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises to say of a host that cannot be used: what was tried, why, what to do. */
interface SshFailureContract extends HasSubject {
  @Test
  @DisplayName("N1 a refused connection is typed and quick")
  default void aRefusedConnectionIsTypedAndQuick() {
    subject().stop();
    long start = System.nanoTime();
    SshException failure = fail(subject().client(), subject().host());

    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(failure.host()).isEqualTo(subject().host().address());
    assertThat(failure)
        .hasMessageContaining("nothing listens on port " + subject().host().ssh().port())
        .hasMessageContaining("connection refused")
        .hasMessageContaining("is sshd running there?");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("N2 a host that does not answer is typed, with its port")
  default void aHostThatDoesNotAnswerIsTyped() {
    Host silent = subject().silent();
    try (SshClient impatient = subject().impatient()) {
      SshException failure = fail(impatient, silent);
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure.host()).isEqualTo(silent.address());
      assertThat(failure).hasMessageContaining("no answer on port " + silent.ssh().port());
    }
  }

  @Test
  @DisplayName("N5 N6 a key that is not accepted is a refused login")
  default void aKeyThatIsNotAcceptedIsARefusedLogin() {
    Host host = subject().lockedOut();
    SshException failure = fail(subject().client(), host);

    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(failure)
        .hasMessageContaining("user " + host.ssh().user() + " was refused")
        .hasMessageContaining("tried the private key")
        .hasMessageContaining("the server accepts: publickey")
        .hasMessageContaining("authorized_keys");
  }

  @Test
  @DisplayName("N12 an unknown host key is refused, with its fingerprint and what to do")
  default void anUnknownHostKeyIsRefusedWithItsFingerprint() {
    try (SshClient stranger = subject().stranger()) {
      SshException failure = fail(stranger, subject().host());
      assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST_KEY);
      assertThat(failure)
          .hasMessageMatching(".* its host key [a-z0-9-]+ SHA256:[A-Za-z0-9+/]{43} is not in .*")
          .hasMessageContaining("ssh-keygen -lf /etc/ssh/ssh_host_")
          .hasMessageContaining(
              "ssh-keyscan -p "
                  + subject().host().ssh().port()
                  + " "
                  + subject().host().address()
                  + " >> ")
          .hasMessageContaining("HostKeyPolicy.acceptNew");
    }
  }

  @Test
  @DisplayName("N13 a changed host key is refused, with its fingerprint and what to do")
  default void aChangedHostKeyIsRefusedWithItsFingerprint() {
    try (SshClient deceived = subject().deceived()) {
      SshException failure = fail(deceived, subject().host());
      assertThat(failure.reason()).isEqualTo(Reason.CHANGED_HOST_KEY);
      assertThat(failure)
          .hasMessageContaining("its host key HAS CHANGED")
          .hasMessageMatching(".* shows [a-z0-9-]+ SHA256:[A-Za-z0-9+/]{43}, .*")
          .hasMessageContaining("Nothing was sent to it")
          .hasMessageMatching(
              ".*ssh-keygen -f \\S.* -R '\\["
                  + subject().host().address().replace(".", "\\.")
                  + "\\]:"
                  + subject().host().ssh().port()
                  + "'.*");
    }
  }
}
