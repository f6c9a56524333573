package io.hawser.lab.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What went over the controller's interface, headers and all; for a JVM in its network.
 *
 * @param sent bytes to all hosts
 * @param received bytes from them
 */
public record Uplink(long sent, long received) {
  /** Since it is up. */
  public static Uplink now() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/net/dev"))) {
        if (line.strip().startsWith("br0:")) {
          String[] fields = line.substring(line.indexOf(':') + 1).strip().split(" +");
          return new Uplink(Long.parseLong(fields[8]), Long.parseLong(fields[0]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("this JVM is not in the controller's network");
  }

  /** Since an earlier moment. */
  public Uplink since(Uplink earlier) {
    return new Uplink(sent - earlier.sent, received - earlier.received);
  }
}
