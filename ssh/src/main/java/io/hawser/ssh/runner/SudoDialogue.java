package io.hawser.ssh.runner;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells when sudo is to be given the password: once, and only after sudo was started and printed
 * our own random prompt. Not thread-safe.
 */
final class SudoDialogue {
  /** The longest that every sudo reads as one answer; it takes the rest for the next one. */
  private static final int LONGEST = 255;

  private final Host host;
  private final WireCommand wire;
  private boolean answered;

  SudoDialogue(Host host, WireCommand wire) {
    this.host = host;
    this.wire = wire;
  }

  /**
   * Whether the password is to be written now.
   *
   * @param said all that came before the command's own output
   * @throws io.hawser.ssh.SshException if sudo did not take it, or it cannot be given to sudo
   */
  boolean wantsPassword(String said) {
    String bySudo = wire.saidBySudo(said).orElse("");
    int first = bySudo.indexOf(wire.ask());
    if (wire.sudoPassword() == null || first < 0) {
      return false;
    }
    if (!answered) {
      answered = true;
      return true;
    }
    // For a new password in place of an expired one it asks with words of its own.
    if (bySudo.indexOf(wire.ask(), first + wire.ask().length()) >= 0
        || SudoFailure.EXPIRED.isSaidIn(bySudo)) {
      throw StartFailure.sudoAskedAgain(host, wire, bySudo);
    }
    return false;
  }

  /** Whether the password was asked for. */
  boolean answered() {
    return answered;
  }

  /**
   * The password as sudo reads it.
   *
   * @throws io.hawser.ssh.SshException if sudo would not read it as one line: the rest would be the
   *     next answer, or the command's input
   */
  byte[] password() {
    @Nullable Secret password = wire.sudoPassword();
    String text = password == null ? "" : password.reveal();
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    if (text.chars().anyMatch(SudoDialogue::endsLine) || line.length > LONGEST + 1) {
      throw StartFailure.unusableSudoPassword(host, LONGEST);
    }
    return line;
  }

  private static boolean endsLine(int character) {
    return character == '\n' || character == '\r' || character == 0;
  }
}
