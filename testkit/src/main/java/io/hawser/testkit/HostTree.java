package io.hawser.testkit;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The files that an embedded host has before anybody touches it. */
final class HostTree {
  private static final List<String> DIRECTORIES =
      List.of(
          "etc/containerd",
          "etc/security",
          "etc/systemd/system/multi-user.target.wants",
          "opt",
          "root",
          "run",
          "tmp",
          "usr/bin",
          "usr/local/bin",
          "var/lib",
          "var/log",
          "var/tmp");

  private HostTree() {}

  /** Writes the tree; the host's name stands in it, so no two hosts have the same. */
  static void write(Path root, String hostname, String address) throws IOException {
    for (String directory : DIRECTORIES) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.setPosixFilePermissions(
        root.resolve("root"), PosixFilePermissions.fromString("rwx------"));
    put(root, "etc/hostname", hostname + "\n");
    put(root, "etc/machine-id", machineId(hostname, address) + "\n");
    put(root, "etc/os-release", "PRETTY_NAME=\"Embedded host\"\nID=embedded\nVERSION_ID=1\n");
    put(root, "etc/sysctl.conf", "# Kernel settings\n#net.ipv4.ip_forward=1\n");
    put(root, "etc/security/limits.conf", "# <domain> <type> <item> <value>\n");
    put(
        root,
        "etc/containerd/config.toml",
        """
        version = 2
        [plugins."io.containerd.grpc.v1.cri".registry]
          config_path = "/etc/containerd/certs.d"
        """);
    // Odd on purpose: tabs, trailing blanks, a line from Windows, Latin-1, no line end at the end.
    put(
        root,
        "etc/hosts",
        "127.0.0.1\tlocalhost\n::1   localhost ip6-localhost  \n\n"
            + address
            + " "
            + hostname
            + "\r\n# caf\u00e9, kept as it is\n203.0.113.9 elsewhere.example # far");
  }

  private static String machineId(String hostname, String address) {
    return Hashing.murmur3_128()
        .hashString(hostname + "/" + address, StandardCharsets.UTF_8)
        .toString();
  }

  private static void put(Path root, String path, String text) throws IOException {
    Files.writeString(root.resolve(path), text, StandardCharsets.ISO_8859_1);
  }
}
