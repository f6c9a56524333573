package io.hawser.ssh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SudoFailureTest {
  private static final Host HOST =
      Host.at("10.0.0.7").ssh(SshAccess.builder().user("deploy").build()).build();

  @ParameterizedTest(name = "C8 \"{0}\" means {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sudo: 1 incorrect password attempt | WRONG_PASSWORD
          sudo: 3 incorrect password attempts | WRONG_PASSWORD
          Sorry, try again. | WRONG_PASSWORD
          sudo: a password is required | NEEDS_PASSWORD
          sudo: no password was provided | NEEDS_PASSWORD
          deploy is not in the sudoers file.  This incident will be reported. | NOT_ALLOWED
          Sorry, user deploy is not allowed to execute '/bin/sh -c x' as root on h. | NOT_ALLOWED
          Sorry, user deploy may not run sudo on h. | NOT_ALLOWED
          sudo: sorry, you must have a tty to run sudo | TTY
          sudo: account validation failure, is your account locked? | EXPIRED
          sudo: Account or password is expired, reset your password and try again | EXPIRED
          sudo: Account expired or PAM config lacks an "account" section for sudo | EXPIRED
          sudo: Password expired, contact your system administrator | EXPIRED
          sudo: unable to change expired password: Authentication token error | EXPIRED
          /bin/sh: 1: exec: sudo: not found | MISSING
          sh: sudo: command not found | MISSING
          sudo: no valid sudoers sources found, quitting | OTHER
          '' | OTHER
          """)
  void wordsOfSudoHaveAMeaning(String said, SudoFailure meaning) {
    assertThat(SudoFailure.of("some lecture\n" + said + "\n", 1, false)).isEqualTo(meaning);
  }

  @Test
  @DisplayName("C8 a shell that found no sudo says so by its status in any language")
  void aShellThatFoundNoSudoSaysSoByItsStatus() {
    assertThat(SudoFailure.of("sh: sudo: nicht gefunden", 127, false))
        .isEqualTo(SudoFailure.MISSING);
    assertThat(SudoFailure.of("sudo: a password is required", 127, false))
        .isEqualTo(SudoFailure.NEEDS_PASSWORD);
  }

  @Test
  @DisplayName("C8 after the password was sent, a required one means that it was wrong")
  void afterThePasswordWasSentARequiredOneMeansThatItWasWrong() {
    assertThat(SudoFailure.of("sudo: a password is required", 1, true))
        .isEqualTo(SudoFailure.WRONG_PASSWORD);
    assertThat(SudoFailure.of("deploy is not in the sudoers file", 1, true))
        .isEqualTo(SudoFailure.NOT_ALLOWED);
  }

  @Test
  @DisplayName("C8 a second prompt means a wrong password, or a new one that has to be chosen")
  void aSecondPromptMeansAWrongOrAnExpiredPassword() {
    assertThat(SudoFailure.whenAskedAgain("Sorry, try again.\n"))
        .isEqualTo(SudoFailure.WRONG_PASSWORD);
    assertThat(SudoFailure.whenAskedAgain("Wrong!  You cheating scum!\n"))
        .isEqualTo(SudoFailure.WRONG_PASSWORD);
    assertThat(SudoFailure.whenAskedAgain("sudo: Account or password is expired, reset it"))
        .isEqualTo(SudoFailure.EXPIRED);
  }

  @ParameterizedTest(name = "{0} is {1}, and says: {2}")
  @CsvSource({
    "WRONG_PASSWORD, SUDO_WRONG_PASSWORD, did not take the password of user deploy",
    "NEEDS_PASSWORD, SUDO_NEEDS_PASSWORD, or the user may not use sudo at all",
    "NOT_ALLOWED, SUDO_NOT_ALLOWED, docs/sudo.md",
    "EXPIRED, SUDO_NOT_ALLOWED, has expired or is locked",
    "TTY, SUDO_TTY, Defaults:deploy !requiretty",
    "MISSING, SUDO_MISSING, is not on the host",
    "OTHER, SUDO, did not let user deploy become root"
  })
  void eachMeaningHasAReasonAndSaysWhatToDo(SudoFailure meaning, Reason reason, String words) {
    SshException failure = meaning.on(HOST, "its words");
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.host()).isEqualTo("10.0.0.7");
    assertThat(failure)
        .hasMessageStartingWith("10.0.0.7: sudo ")
        .hasMessageContaining(words)
        .hasMessageEndingWith(": its words");
    assertThat(meaning.on(HOST, "")).hasMessageNotContaining("its words");
    assertThat(meaning.on(HOST, "").getMessage()).doesNotEndWith(": ");
  }
}
