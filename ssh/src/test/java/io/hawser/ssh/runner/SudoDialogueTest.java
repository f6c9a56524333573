package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SudoDialogueTest {
  private final WireCommand wire = new WireCommand(host("pw"), Command.of("id"));
  private final SudoDialogue sudo = new SudoDialogue(host("pw"), wire);

  @Test
  @DisplayName("C8 C9 the password is wanted once, at our own prompt, after sudo was started")
  void thePasswordIsWantedOnceAtOurOwnPrompt() {
    assertThat(sudo.wantsPassword("")).isFalse();
    assertThat(sudo.wantsPassword("[sudo] password for deploy: ")).isFalse();
    assertThat(sudo.wantsPassword(wire.ask())).isFalse();
    String started = "motd " + wire.ask() + gate() + "\n";
    assertThat(sudo.wantsPassword(started)).isFalse();
    assertThat(sudo.wantsPassword(started + "[sudo] password for deploy: ")).isFalse();
    assertThat(sudo.wantsPassword(started + "HAWSER-ask-0123456789abcdef:")).isFalse();
    assertThat(sudo.answered()).isFalse();
    assertThat(sudo.wantsPassword(started + wire.ask())).isTrue();
    assertThat(sudo.answered()).isTrue();
    assertThat(sudo.wantsPassword(started + wire.ask())).isFalse();
    assertThat(sudo.wantsPassword(started + wire.ask() + "\nSorry, try again.\n")).isFalse();
    assertThat(new String(sudo.password(), UTF_8)).isEqualTo("pw\n");
  }

  @Test
  @DisplayName("C8 a second prompt is not answered but ends the call")
  void aSecondPromptEndsTheCall() {
    String asked = gate() + wire.ask();
    assertThat(sudo.wantsPassword(asked)).isTrue();
    String again = asked + "\nSorry, try again.\n" + wire.ask();
    SshException wrong = catchThrowableOfType(SshException.class, () -> sudo.wantsPassword(again));
    assertThat(wrong.reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
    assertThat(wrong).hasMessageEndingWith("Sorry, try again.");
  }

  @Test
  @DisplayName("C8 sudo is not told a new password in place of an expired one, nor waited for")
  void sudoIsNotToldANewPassword() {
    String asked = gate() + wire.ask();
    assertThat(sudo.wantsPassword(asked)).isTrue();
    String change = asked + "sudo: Account or password is expired\n[sudo] password for %p:";
    SshException expired =
        catchThrowableOfType(SshException.class, () -> sudo.wantsPassword(change));
    assertThat(expired.reason()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(expired).hasMessageContaining("has expired");
  }

  @Test
  @DisplayName("C8 without a password nothing is answered")
  void withoutAPasswordNothingIsAnswered() {
    Host host = Host.at("10.0.0.7").ssh(SshAccess.builder().user("deploy").build()).build();
    WireCommand without = new WireCommand(host, Command.of("id"));
    SudoDialogue silent = new SudoDialogue(host, without);
    assertThat(silent.wantsPassword(gate(without) + without.ask())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ends\n", "two\nlines", "two\rlines", "a\0b", "\r"})
  @DisplayName("C8 a password that sudo would not read as one line is not sent")
  void aPasswordThatIsNotOneLineIsNotSent(String password) {
    assertNotSent(password);
  }

  @Test
  @DisplayName("C8 a password longer than sudo reads at once is not sent")
  void aPasswordLongerThanSudoReadsIsNotSent() {
    assertNotSent("x".repeat(256));
    assertNotSent("\u00e4".repeat(128));
    assertThat(dialogue("x".repeat(255)).password()).hasSize(256);
    assertThat(dialogue("\u00e4".repeat(127)).password()).hasSize(255);
  }

  private static void assertNotSent(String password) {
    SshException failure =
        catchThrowableOfType(SshException.class, () -> dialogue(password).password());
    assertThat(failure.reason()).isEqualTo(Reason.CREDENTIAL);
    assertThat(failure)
        .hasMessageContaining("at most 255 bytes")
        .hasMessageContaining("user deploy")
        .hasMessageNotContaining(password);
  }

  private static SudoDialogue dialogue(String password) {
    return new SudoDialogue(host(password), new WireCommand(host(password), Command.of("id")));
  }

  private String gate() {
    return gate(wire);
  }

  /** What the line prints just before it starts sudo. */
  private static String gate(WireCommand wire) {
    Matcher echo =
        Pattern.compile("echo (HAWSER-sudo-\\S+)").matcher(new String(wire.line(), UTF_8));
    assertThat(echo.find()).isTrue();
    return echo.group(1);
  }

  private static Host host(String password) {
    SshAccess access = SshAccess.builder().user("deploy").password(Secret.of(password)).build();
    return Host.at("10.0.0.7").ssh(access).build();
  }
}
