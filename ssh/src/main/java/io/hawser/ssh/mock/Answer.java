package io.hawser.ssh.mock;

import io.hawser.ssh.Exit;
import java.io.Serializable;

/**
 * What a scripted command answers. Text is what arrives: bytes that are no UTF-8 are told as
 * U+FFFD, which is what they become on their way.
 *
 * @param exit how it ends
 * @param stdout what it prints
 * @param stderr what it prints to standard error
 */
public record Answer(Exit exit, String stdout, String stderr) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a client over the network says. */
  private static final String LOST = "the link ended before the command's exit status came";

  /** The answer of a command that succeeds and prints nothing. */
  public static final Answer NOTHING = exited(0, "", "");

  /** An answer of a command that ends by itself. */
  public static Answer exited(int code, CharSequence stdout, CharSequence stderr) {
    if (code < 0 || code > 255) {
      throw new IllegalArgumentException("exit status " + code + " is not within 0 to 255");
    }
    return new Answer(new Exit.Exited(code), stdout.toString(), stderr.toString());
  }

  /** An answer of a command that is ended by a signal, for example {@code KILL}. */
  public static Answer signalled(CharSequence signal) {
    return new Answer(new Exit.Signalled(signal.toString()), "", "");
  }

  /** An answer of a command whose link is lost; what it printed before arrives. */
  public static Answer lost(CharSequence stdout) {
    return new Answer(new Exit.Lost(LOST), stdout.toString(), "");
  }
}
