package io.hawser.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Where programs of this machine listen, as Linux tells it; elsewhere nowhere. */
final class OpenPorts {
  private static final Path TABLE = Path.of("/proc/net/tcp");
  private static final String LISTENS = "0A";

  private OpenPorts() {}

  /** The TCP ports that are open at an IPv4 address. */
  static Set<Integer> of(String address) {
    Set<Integer> ports = new TreeSet<>();
    for (String line : lines()) {
      String[] words = line.strip().split(" +", 5);
      if (words.length == 5 && words[3].equals(LISTENS) && words[1].startsWith(hex(address))) {
        ports.add(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
      }
    }
    return ports;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(TABLE, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The table has the bytes in the order of the machine, which is the other way round. */
  private static String hex(String address) {
    String[] parts = address.split("\\.", -1);
    StringBuilder hex = new StringBuilder();
    for (int i = parts.length - 1; i >= 0; i--) {
      hex.append(String.format(Locale.ROOT, "%02X", Integer.parseInt(parts[i])));
    }
    return hex.append(':').toString();
  }
}
