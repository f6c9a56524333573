package io.hawser.ssh.mock;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Notes that a caller's source of input failed: that is the caller's failure and not the command's.
 */
final class WatchedInput implements Input {
  private final Input source;
  private @Nullable Exception failure;

  WatchedInput(Command command) {
    this.source = command.input().orElse(stream -> {});
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    try {
      source.writeTo(stream);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  /** Reads it to its end, as a client over the network does whatever the command takes of it. */
  void drain() {
    try {
      writeTo(OutputStream.nullOutputStream());
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  /** Throws what a client over the network does if the source failed. */
  void check(Host host, Command command) {
    Exception broken = failure;
    if (broken != null) {
      throw new UncheckedIOException(
          host.address()
              + ": the input of \""
              + command
              + "\" could not be read; it was told to end",
          broken instanceof IOException known ? known : new IOException(broken));
    }
  }
}
