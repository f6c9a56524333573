package io.hawser.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who takes a lock, in words for whom it keeps out.
 *
 * @param word random, of this one lock: process ids are used again, and two containers may have the
 *     same name
 */
record LockOwner(String name, String word) {
  private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

  /** This process, with a new word. */
  static LockOwner here() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    String word = HexFormat.of().formatHex(bytes);
    String who = System.getProperty("user.name", "?") + "@" + machine();
    return new LockOwner(
        who + " (process " + ProcessHandle.current().pid() + ", run " + word + ")", word);
  }

  private static String machine() {
    try {
      // Asking the resolver may take its time where DNS is slow.
      return Files.isReadable(KERNEL_NAME)
          ? Files.readString(KERNEL_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return String.valueOf(e.getMessage()); // it begins with the name
    } catch (IOException e) {
      return "?";
    }
  }
}
