package io.hawser.ssh.runner;

import io.hawser.ssh.OutputListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Cuts one stream into lines and tells the listener. Not thread-safe. */
public final class LineSplitter {
  private static final int LONGEST = 64 * 1024;

  /** A character of UTF-8 has at most three bytes after its first. */
  private static final int MOST_BEYOND = 3;

  private final OutputListener listener;
  private final boolean error;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  /** Makes a splitter of one stream. */
  public LineSplitter(OutputListener listener, boolean error) {
    this.listener = listener;
    this.error = error;
  }

  /** Takes bytes as they come. */
  public void add(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean end = bytes[i] == '\n';
      if (end || isFull(line.size() + i - start, bytes[i])) {
        line.write(bytes, start, i - start);
        tell();
        start = end ? i + 1 : i;
      }
    }
    line.write(bytes, start, bytes.length - start);
  }

  /** A line that is too long is cut, but not within a character. */
  private static boolean isFull(int length, byte next) {
    boolean within = (next & 0xc0) == 0x80;
    return length >= LONGEST + (within ? MOST_BEYOND : 0);
  }

  /** The last line need not have a line end. */
  public void finish() {
    if (line.size() > 0) {
      tell();
    }
  }

  private void tell() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    listener.onLine(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, error);
  }
}
