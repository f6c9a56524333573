package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of reaching and trusting a host, whatever server it is. */
interface SshConnectContract {
  SshTarget target();

  SshClient client();

  Path temp();

  @Test
  @DisplayName("N12 an unknown host key is refused with its fingerprint, or learned when told")
  default void anUnknownHostKeyIsRefusedOrLearned() throws Exception {
    Path empty = temp().resolve("new folder/known");
    try (SshClient strict = SshClients.jsch().hostKeys(HostKeyPolicy.strict(empty)).build()) {
      SshException failure = fail(strict, target().host());
      assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST_KEY);
      assertThat(failure).hasMessageContaining("SHA256:").hasMessageContaining("ssh-keyscan -p");
    }
    for (int round = 0; round < 2; round++) {
      try (SshClient learns = SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(empty)).build()) {
        learns.run(target().host(), command("true")).orThrow();
      }
    }
    assertThat(Files.readAllLines(empty)).hasSize(1);
    assertThat(Files.readString(empty)).startsWith("[" + target().host().address() + "]:");
    assertThat(Files.getPosixFilePermissions(empty)).hasSize(2);
    try (SshClient strict = SshClients.jsch().hostKeys(HostKeyPolicy.strict(empty)).build()) {
      strict.run(target().host(), command("true")).orThrow();
    }
  }

  @Test
  @DisplayName("N13 a changed host key is refused by every policy and never replaced")
  default void aChangedHostKeyIsRefusedByEveryPolicy() throws Exception {
    String name = target().knownHostsLine().replaceFirst(" .*", "");
    String other = name + " " + new TestKey().publicLine() + "\n";
    Path file = Files.writeString(temp().resolve("other"), other, UTF_8);
    for (HostKeyPolicy policy :
        List.of(HostKeyPolicy.strict(file), HostKeyPolicy.acceptNew(file))) {
      try (SshClient careful = SshClients.jsch().hostKeys(policy).build()) {
        SshException failure = fail(careful, target().host());
        assertThat(failure.reason()).isEqualTo(Reason.CHANGED_HOST_KEY);
        assertThat(failure).hasMessageContaining("SHA256:").hasMessageContaining("ssh-keygen -f");
      }
    }
    assertThat(file).hasContent(other);
  }
}
