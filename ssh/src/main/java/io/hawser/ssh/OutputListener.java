package io.hawser.ssh;

/**
 * Hears the output of a command line by line, on a thread of the client, one line at a time for a
 * command. It may take its time: neither the command nor its limits wait for it, and what it throws
 * is logged once and changes nothing.
 */
@FunctionalInterface
public interface OutputListener {
  /**
   * One line, decoded as UTF-8 (malformed bytes become U+FFFD), without its line end; lines longer
   * than 64 KiB come in pieces.
   *
   * @param line the text
   * @param isError whether it came from stderr
   */
  void onLine(String line, boolean isError);
}
