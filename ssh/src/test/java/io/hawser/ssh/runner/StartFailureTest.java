package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartFailureTest {
  private static final Host HOST =
      Host.at("10.0.0.7").ssh(SshAccess.builder().user("deploy").build()).build();

  private final WireCommand wire = new WireCommand(HOST, Command.of("id"));
  private final OutputSink out = new OutputSink(wire.marker(), false, new Wake(), null, 100);
  private final OutputSink err = new OutputSink(wire.marker(), true, new Wake(), null, 100);

  @Test
  @DisplayName("C8 what sudo said counts, not what rc files said before it was started")
  void whatSudoSaidCounts() {
    print(err, "carol is not allowed to rest\n" + gate() + "\nsudo: a password is required\n");
    SshException failure = ended(1);
    assertThat(failure.reason()).isEqualTo(Reason.SUDO_NEEDS_PASSWORD);
    assertThat(failure)
        .hasMessageEndingWith("(docs/sudo.md): sudo: a password is required")
        .hasMessageNotContaining("carol");
  }

  @Test
  @DisplayName("C12 a login shell that ends before sudo is not a failure of sudo")
  void aLoginShellThatEndsIsNotAFailureOfSudo() {
    print(out, "This account is currently not available.\n");
    SshException failure = ended(1);
    assertThat(failure.reason()).isEqualTo(Reason.LINK);
    assertThat(failure)
        .hasMessage(
            "10.0.0.7: the login shell ended (status 1) before the command could start; it printed:"
                + " This account is currently not available.. Hawser needs a login shell that can"
                + " run /bin/sh");
    assertThat(ended(0)).hasMessageStartingWith("10.0.0.7: the login shell ended (status 0)");
    assertThat(ended(0)).hasMessageContaining("Hawser needs a login shell");
    print(err, "rbash: exec: restricted\n");
    assertThat(ended(1)).hasMessageContaining("rbash: exec: restricted");
  }

  @Test
  void aLinkThatEndsIsNotAFailureOfSudoOrTheShell() {
    print(err, gate() + "\n");
    assertThat(ended(-1).reason()).isEqualTo(Reason.LINK);
    assertThat(ended(-1)).hasMessageStartingWith("10.0.0.7: the link ended before the command");
    assertThat(ended(-1)).hasMessageNotContaining("login shell");
    assertThat(ended(0).reason()).isEqualTo(Reason.SUDO);
  }

  @Test
  @DisplayName("C8 a start that takes too long says who takes it: the login shell or sudo")
  void aStartThatTakesTooLongSaysWhoTakesIt() {
    assertThat(tooSlow().reason()).isEqualTo(Reason.LINK);
    assertThat(tooSlow())
        .hasMessage("10.0.0.7: the login shell did not start the command within 3 s");
    print(err, "motd\n");
    assertThat(tooSlow()).hasMessageEndingWith("within 3 s; it printed: motd");
    print(err, gate() + "\nTouch your token " + wire.ask());
    assertThat(tooSlow().reason()).isEqualTo(Reason.SUDO);
    assertThat(tooSlow())
        .hasMessage(
            "10.0.0.7: sudo did not start the command within 3 s; it printed: Touch your token");
  }

  private SshException ended(int status) {
    return StartFailure.ended(HOST, wire, false, status, out, err);
  }

  private SshException tooSlow() {
    return StartFailure.tooSlow(HOST, wire, Duration.ofSeconds(3), out, err);
  }

  private String gate() {
    String line = new String(wire.line(), UTF_8);
    int start = line.indexOf("HAWSER-sudo-");
    return line.substring(start, line.indexOf(' ', start));
  }

  private static void print(OutputSink sink, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    sink.write(bytes, 0, bytes.length);
  }
}
