package io.hawser.testkit;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Looks names up in the hosts file of an embedded host, as a resolver does. */
final class HostsFile {
  private final Path file;

  HostsFile(Path root) {
    this.file = HostPaths.resolve(root, "/etc/hosts");
  }

  /** The addresses of a name in the order of their lines; the name itself if it is an address. */
  List<String> addresses(String name) throws IOException {
    if (InetAddresses.isInetAddress(name)) {
      return List.of(name);
    }
    List<String> found = new ArrayList<>();
    for (String line : lines()) {
      int comment = line.indexOf('#');
      StringTokenizer words =
          new StringTokenizer(comment < 0 ? line : line.substring(0, comment), " \t\r");
      String address = words.hasMoreTokens() ? words.nextToken() : "";
      while (words.hasMoreTokens()) {
        if (words.nextToken().equalsIgnoreCase(name) && !found.contains(address)) {
          found.add(address);
        }
      }
    }
    return found;
  }

  private List<String> lines() throws IOException {
    try {
      // Any byte may stand in a comment.
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
