package io.hawser.report;

import java.io.Serializable;
import java.time.Duration;

/**
 * What one place sent to a host: an edge of a drawing. Plain data without secrets, serialisable.
 *
 * @param from the address of the host that sent it, or {@link #CONTROLLER}
 * @param to the address of the host that got it
 * @param bytes of file contents that arrived; what the host had already is not in it
 * @param took from the first byte on its way until the last had arrived, with what the host needed
 *     to digest it; what else arrived meanwhile is not told apart
 * @param what is in it, for people: for trees the directory on the host
 */
public record Transfer(String from, String to, long bytes, Duration took, String what)
    implements Serializable {
  /** The name of the machine on which this library runs. */
  public static final String CONTROLLER = "controller";

  private static final long serialVersionUID = 1L;

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if the bytes or the time are negative
   */
  public Transfer {
    if (bytes < 0 || took.isNegative()) {
      throw new IllegalArgumentException(
          "a transfer from " + from + " to " + to + " of " + bytes + " bytes in " + took);
    }
  }
}
