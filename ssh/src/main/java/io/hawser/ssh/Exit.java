package io.hawser.ssh;

import java.io.Serializable;

/** How a remote command ended. */
public sealed interface Exit extends Serializable {
  /**
   * It ended by itself.
   *
   * @param code 0 to 255; 0 is success
   */
  record Exited(int code) implements Exit {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A signal ended it.
   *
   * @param signal the name without SIG, for example {@code KILL}
   */
  record Signalled(String signal) implements Exit {
    private static final long serialVersionUID = 1L;
  }

  /**
   * It ran longer than its limit and was told to end.
   *
   * @param limit what ran out, for people
   */
  record TimedOut(String limit) implements Exit {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The link was lost; whether the command had its effect is unknown.
   *
   * @param cause what is known of the loss
   */
  record Lost(String cause) implements Exit {
    private static final long serialVersionUID = 1L;
  }
}
