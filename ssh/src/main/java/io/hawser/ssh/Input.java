package io.hawser.ssh;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what a command reads from its standard input. May be asked to write more than once. */
@FunctionalInterface
public interface Input {
  /** Writes everything to the stream and leaves it open. */
  void writeTo(OutputStream stream) throws IOException;
}
