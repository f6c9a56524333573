package io.hawser.lab;

import static io.hawser.lab.SudoSteps.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.SudoUsers;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's own sudo, set up in every way it may be found: one user and one sudoers file each. */
@RealHosts(1)
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SudoIT {
  private static final String BASH = "/bin/bash";
  private static final String WITH_PASSWORD = "USER ALL=(root) ALL";
  private static final String WITHOUT_PASSWORD = "USER ALL=(root) NOPASSWD: ALL";

  private final Lab lab;
  private SudoUsers users;
  private SudoSteps steps;

  SudoIT(Lab lab) {
    this.lab = lab;
  }

  @BeforeAll
  void openDoors(@TempDir Path directory) throws IOException {
    users = new SudoUsers(lab, directory);
    steps = new SudoSteps(lab, users);
  }

  @AfterAll
  void closeDoors() throws IOException {
    users.close();
  }

  @ParameterizedTest(name = "C8 with NOPASSWD for {0} a command runs, and no password is sent")
  @ValueSource(strings = {"ALL", "/bin/sh", "/usr/bin/sh"})
  void withoutAPasswordACommandRuns(String commands) {
    String user = users.make(BASH, "pw", "USER ALL=(root) NOPASSWD: " + commands);
    steps.assertRunsAsRoot(user, null);
    steps.assertRunsAsRoot(user, "never asked for");
    assertThat(users.log(user)).doesNotContain("incorrect");
  }

  static String[] passwords() {
    return new String[] {
      "plain",
      "it's \"quoted\" $HOME `id` \\ and a tab\tin it",
      " spaces around ",
      "pässwörd→€🔑",
      "-n !! %p %%",
      "x".repeat(255)
    };
  }

  @ParameterizedTest(name = "C8 the password <{0}> is taken by sudo")
  @MethodSource("passwords")
  void aPasswordIsTakenBySudo(String password) {
    String user = users.make(BASH, password, WITH_PASSWORD);
    steps.assertRunsAsRoot(user, password);
    assertThat(users.log(user)).doesNotContain("incorrect");
  }

  @ParameterizedTest(name = "C8 C10 with \"{0}\" every call gives the password for itself")
  @ValueSource(
      strings = {
        "lecture=always, lecture_file=/etc/services",
        "timestamp_timeout=0, passwd_tries=1",
        "timestamp_timeout=-1, timestamp_type=global",
        "insults, env_reset, secure_path=/bin:/sbin",
        "!env_reset, setenv, umask=0077, umask_override",
        "passprompt=\"Password: \", !passprompt_override",
        "!use_pty, !root_sudo, runcwd=/tmp",
        "use_pty, log_output, log_subcmds",
      })
  void everyCallGivesThePasswordForItself(String defaults) {
    String user = users.make(BASH, "pw", "Defaults:USER " + defaults, WITH_PASSWORD);
    for (int call = 0; call < 2; call++) {
      steps.assertRunsAsRoot(user, "pw");
    }
    assertThat(steps.failure(user, "other").reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
  }

  @Test
  @DisplayName("C10 a password that sudo remembers from elsewhere is not relied on")
  void aRememberedPasswordIsNotReliedOn() {
    String forever = "Defaults:USER timestamp_timeout=-1, timestamp_type=global";
    String user = users.make(BASH, "pw", forever, WITH_PASSWORD);
    Command byHand = script("echo pw | sudo -S true && sudo -n id -u").asLoginUser();
    assertThat(users.client().run(users.host(user, null), byHand).stdout()).isEqualTo("0\n");
    assertThat(steps.failure(user, null).reason()).isEqualTo(Reason.SUDO_NEEDS_PASSWORD);
    assertThat(steps.failure(user, "other").reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
  }

  @ParameterizedTest(name = "C8 a wrong password is offered once where \"{0}\"")
  @ValueSource(
      strings = {"passwd_tries=1", "passwd_tries=3", "passwd_tries=9", "insults", "use_pty"})
  void aWrongPasswordIsOfferedOnce(String defaults) {
    String user = users.make(BASH, "pw", "Defaults:USER " + defaults, WITH_PASSWORD);
    SshException failure = steps.failure(user, "not-the-password");
    assertThat(failure.reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
    assertThat(failure)
        .hasMessageContaining("did not take the password of user " + user)
        .hasMessageContaining("offered once");
    assertThat(failure.toString()).doesNotContain("not-the-password");
    String log = logOnceSudoHasEnded(user);
    assertThat(log).contains(": 1 incorrect password attempt ").doesNotContain("attempts");
  }

  @Test
  @DisplayName("C8 a user who may not use sudo is told so, as far as sudo tells")
  void aUserWhoMayNotUseSudoIsToldSo() {
    String user = users.make(BASH, "pw");
    SshException refused = steps.failure(user, "pw");
    assertThat(refused.reason()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(refused).hasMessageContaining("not in the sudoers").hasMessageContaining("sudo.md");
    assertThat(steps.failure(user, "other").reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
    SshException unknown = steps.failure(user, null);
    assertThat(unknown.reason()).isEqualTo(Reason.SUDO_NEEDS_PASSWORD);
    assertThat(unknown)
        .hasMessageContaining("wants a password from user " + user)
        .hasMessageContaining("or the user may not use sudo at all");
  }

  @ParameterizedTest(name = "C8 a user who may run only another command is refused: {0}")
  @CsvSource({"ALL=(root) /bin/ls", "ALL=(root) NOPASSWD: /bin/ls", "ALL=(ops) ALL"})
  void aUserWhoMayRunOnlyAnotherCommandIsRefused(String rule) {
    String user = users.make(BASH, "pw", "USER " + rule);
    SshException refused = steps.failure(user, "pw");
    assertThat(refused.reason()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(refused).hasMessageContaining("is not allowed to execute");
    assertThat(steps.failure(user, null).reason())
        .isIn(Reason.SUDO_NEEDS_PASSWORD, Reason.SUDO_NOT_ALLOWED);
  }

  @ParameterizedTest(name = "C8 requiretty is named, with the line against it, for {0}")
  @ValueSource(strings = {WITH_PASSWORD, WITHOUT_PASSWORD})
  void requirettyIsNamed(String rule) {
    String user = users.make(BASH, "pw", "Defaults:USER requiretty", rule);
    SshException failure = steps.failure(user, "pw");
    assertThat(failure.reason()).isEqualTo(Reason.SUDO_TTY);
    assertThat(failure).hasMessageContaining("Defaults:" + user + " !requiretty");
    assertThat(steps.failure(user, null).reason()).isEqualTo(Reason.SUDO_TTY);
    String helped =
        users.make(
            BASH, "pw", "Defaults:USER requiretty", "Defaults:USER !requiretty", WITH_PASSWORD);
    steps.assertRunsAsRoot(helped, "pw");
  }

  @Test
  @DisplayName("C8 an account that expired meanwhile is told from a wrong password")
  void anAccountThatExpiredIsToldFromAWrongPassword() {
    String user = users.make(BASH, "pw", WITH_PASSWORD);
    steps.assertRunsAsRoot(user, "pw");
    lab.on(1, "chage -E 1 " + user).ok();
    SshException account = steps.failure(user, "pw");
    assertThat(account.reason()).as(account.getMessage()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(account).hasMessageContaining("expired");
    lab.on(1, "chage -E -1 -d 0 " + user).ok();
    SshException password = steps.failure(user, "pw");
    assertThat(password.reason()).as(password.getMessage()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(password).hasMessageContaining("expired");
  }

  @Test
  @DisplayName("C8 a host without sudo is told; root needs none")
  void aHostWithoutSudoIsTold() {
    String user = users.make(BASH, "pw", WITH_PASSWORD);
    lab.on(1, "mv /usr/bin/sudo /usr/bin/sudo.away").ok();
    try {
      SshException failure = steps.failure(user, "pw");
      assertThat(failure.reason()).isEqualTo(Reason.SUDO_MISSING);
      assertThat(failure).hasMessageContaining("sudo is not on the host");
      CommandResult root = users.client().run(users.host("root", null), Command.of("id", "-u"));
      assertThat(root.stdout()).isEqualTo("0\n");
    } finally {
      lab.on(1, "mv /usr/bin/sudo.away /usr/bin/sudo").ok();
    }
  }

  @ParameterizedTest(name = "C8 a password {0} sudo cannot be given is not sent")
  @ValueSource(strings = {"with a line end\n", "of two\rlines", "of 256 bytes"})
  void aPasswordThatSudoCannotBeGivenIsNotSent(String password) {
    String user = users.make(BASH, "pw", WITH_PASSWORD);
    String long256 = password.startsWith("of 256") ? "x".repeat(256) : password;
    SshException failure = steps.failure(user, long256);
    assertThat(failure.reason()).isEqualTo(Reason.CREDENTIAL);
    assertThat(failure).hasMessageContaining("it was not sent");
    assertThat(users.log(user)).doesNotContain("incorrect");
  }

  @ParameterizedTest(name = "C8 failures are understood where the user''s language is {0}")
  @CsvSource({"de_DE.UTF-8, Ein Passwort", "fr_FR, il est n"})
  void failuresAreUnderstoodInEveryLanguage(String locale, String without) {
    String settings = "export LANG=" + locale + " LC_ALL=" + locale + " LANGUAGE=" + locale;
    String user = users.make(BASH, "pw", WITH_PASSWORD);
    String denied = users.make(BASH, "pw");
    String tty = users.make(BASH, "pw", "Defaults:USER requiretty", WITH_PASSWORD);
    for (String each : new String[] {user, denied, tty}) {
      lab.on(1, "sed -i '1i " + settings + "' /home/" + each + "/.bashrc").ok();
    }
    Command foreign = Command.of("sh", "-c", settings + "; sudo -n true");
    String said = users.client().run(users.host(user, null), foreign.asLoginUser()).stderr();
    assertThat(said).as("sudo speaks that language here").contains(without);
    steps.assertRunsAsRoot(user, "pw");
    assertThat(steps.failure(user, null).reason()).isEqualTo(Reason.SUDO_NEEDS_PASSWORD);
    assertThat(steps.failure(user, "other").reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
    assertThat(steps.failure(denied, "pw").reason()).isEqualTo(Reason.SUDO_NOT_ALLOWED);
    assertThat(steps.failure(tty, "pw").reason()).isEqualTo(Reason.SUDO_TTY);
  }

  /** sudo writes its log when it ends, which is after the call has returned. */
  private String logOnceSudoHasEnded(String user) {
    return lab.on(
            1,
            "for i in $(seq 100); do pgrep -u 0 -f 'sudo .*HAWSER-as[k]' >/dev/null || break;"
                + " sleep 0.05; done; cat /var/log/sudo-"
                + user)
        .ok()
        .output();
  }
}
