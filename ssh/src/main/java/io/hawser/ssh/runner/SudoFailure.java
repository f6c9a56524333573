package io.hawser.ssh.runner;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.util.Arrays;

/**
 * What it means that sudo did not start the command, from its own words in the locale C. They are
 * those of sudo 1.8 and 1.9 (src/sudo.c, plugins/sudoers) and of the shells that did not find it.
 */
public enum SudoFailure {
  EXPIRED(
      Reason.SUDO_NOT_ALLOWED,
      "does not let user %s become root: its account or its password has expired or is locked; an"
          + " administrator of the host has to renew it",
      "account validation failure",
      "Account or password is expired",
      "Account expired",
      "Password expired",
      "unable to change expired password"),
  WRONG_PASSWORD(
      Reason.SUDO_WRONG_PASSWORD,
      "did not take the password of user %s, which was offered once",
      "incorrect password attempt",
      "Sorry, try again"),
  NEEDS_PASSWORD(
      Reason.SUDO_NEEDS_PASSWORD,
      "wants a password from user %s and none is configured, or the user may not use sudo at all;"
          + " give the password or allow sudo without one (docs/sudo.md)",
      "a password is required",
      "no password was provided"),
  NOT_ALLOWED(
      Reason.SUDO_NOT_ALLOWED,
      "does not let user %s become root; see docs/sudo.md for the line that allows it",
      "is not in the sudoers file",
      "is not allowed to",
      "may not run sudo"),
  TTY(
      Reason.SUDO_TTY,
      "insists on a terminal for user %1$s; put \"Defaults:%1$s !requiretty\" into its sudoers",
      "must have a tty"),
  MISSING(
      Reason.SUDO_MISSING,
      "is not on the host, so user %s cannot become root; install it or log in as root",
      "sudo: not found",
      "sudo: command not found"),
  OTHER(
      Reason.SUDO,
      "did not let user %s become root. Hawser needs sudo without a password, or the user's"
          + " password, or root");

  private static final int NOT_FOUND = 127;

  private final Reason reason;
  private final String words;
  private final ImmutableList<String> signs;

  SudoFailure(Reason reason, String words, String... signs) {
    this.reason = reason;
    this.words = words;
    this.signs = ImmutableList.copyOf(signs);
  }

  /**
   * What it means that sudo, or the shell in its place, printed this.
   *
   * @param status the exit status; a shell says in its own language that it did not find sudo
   * @param passwordSent whether sudo was given the password
   */
  static SudoFailure of(String said, int status, boolean passwordSent) {
    SudoFailure failure =
        Arrays.stream(values())
            .filter(candidate -> candidate.isSaidIn(said))
            .findFirst()
            .orElse(status == NOT_FOUND ? MISSING : OTHER);
    // Asked a second time it only says that nothing more came.
    return passwordSent && failure == NEEDS_PASSWORD ? WRONG_PASSWORD : failure;
  }

  /** What it means that sudo asked once more after it was given the password. */
  static SudoFailure whenAskedAgain(String said) {
    return EXPIRED.isSaidIn(said) ? EXPIRED : WRONG_PASSWORD;
  }

  boolean isSaidIn(String text) {
    return signs.stream().anyMatch(text::contains);
  }

  /**
   * The failure as an exception.
   *
   * @param said what sudo printed; may be empty
   */
  SshException on(Host host, String said) {
    return new SshException(host.address(), reason, words(host, said), null);
  }

  /** The failure in words, without the host's address. */
  public String words(Host host, String said) {
    return "sudo " + String.format(words, host.ssh().user()) + (said.isEmpty() ? "" : ": " + said);
  }
}
