package io.hawser.ssh.runner;

import io.hawser.ssh.Input;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a command reads, on a worker. A command may end before it has read everything: that
 * is no error. A source that fails is one, and the command must not take it for the end of its
 * input: the stream is then left open until the command was told to end.
 */
final class InputFeed {
  private static final Logger LOG = LoggerFactory.getLogger(InputFeed.class);

  private final OutputStream stdin;
  private volatile boolean linkBroken;
  private volatile boolean stopped;
  private volatile @Nullable Exception sourceFailure;

  InputFeed(OutputStream stdin) {
    this.stdin = stdin;
  }

  /** Writes a few bytes, such as a password. */
  boolean write(byte[] bytes) {
    try {
      stdin.write(bytes);
      stdin.flush();
      return true;
    } catch (IOException e) {
      LOG.debug("the command took no input", e);
      return false;
    }
  }

  /** Writes the prologue, then everything from the source, then the end. */
  boolean writeAll(byte[] prologue, Optional<Input> source) {
    if (!write(prologue)) {
      return false;
    }
    try {
      if (source.isPresent()) {
        OutputStream shielded = new Shielded();
        source.get().writeTo(shielded);
        shielded.flush();
      }
      stdin.close();
      return true;
    } catch (IOException | RuntimeException e) {
      if (linkBroken) {
        LOG.debug("the command ended before it read its whole input", e);
      } else {
        sourceFailure = e;
      }
      return false;
    }
  }

  /** The command has ended: the source need not be read any further. */
  void stop() {
    stopped = true;
  }

  /** Why the source could not be read, if it could not. */
  @Nullable Exception sourceFailure() {
    return sourceFailure;
  }

  /** Tells a broken link from a broken source, and does not let the source close the stream. */
  private final class Shielded extends FilterOutputStream {
    Shielded() {
      super(stdin);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (stopped) {
        // JSch drops what is written to a closed channel without a word.
        linkBroken = true;
        throw new IOException("the command has ended");
      }
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        linkBroken = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        linkBroken = true;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
