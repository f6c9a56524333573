package io.hawser.ssh.jsch;

import io.hawser.ssh.OutputListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts one stream into lines and tells the listener. A listener that throws does not hurt the
 * command: it is the caller's code, and in a Jenkins pipeline even a plain closure throws an Error.
 */
final class LineSplitter {
  private static final Logger LOG = LoggerFactory.getLogger(LineSplitter.class);
  private static final int LONGEST = 64 * 1024;

  private final OutputListener listener;
  private final boolean error;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private boolean complained;

  LineSplitter(OutputListener listener, boolean error) {
    this.listener = listener;
    this.error = error;
  }

  void add(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean end = bytes[i] == '\n';
      if (end || line.size() + i - start >= LONGEST) {
        line.write(bytes, start, i - start);
        tell();
        start = end ? i + 1 : i;
      }
    }
    line.write(bytes, start, bytes.length - start);
  }

  /** The last line need not have a line end. */
  void finish() {
    if (line.size() > 0) {
      tell();
    }
  }

  private void tell() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      listener.onLine(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, error);
    } catch (Exception | Error e) {
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      if (!complained) {
        LOG.warn("the listener of a command's output failed; the command goes on", e);
        complained = true;
      }
    }
  }
}
