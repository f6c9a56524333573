package io.hawser.testkit;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/**
 * Writes the programs of an embedded host that stand before those of this machine on its PATH: some
 * ask this JVM, some answer by themselves, and those that would change this machine only say so.
 */
final class HostPrograms {
  /** What containerd of Debian 12 says of itself. */
  private static final String CONTAINERD =
      "echo 'containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20'";

  /** Programs that rootfs scripts use on the machine as a whole. */
  private static final List<String> REFUSED =
      List.of(
          "apparmor_parser",
          "chkconfig",
          "firewall-cmd",
          "halt",
          "hostnamectl",
          "init",
          "insmod",
          "ip6tables",
          "iptables",
          "ipvsadm",
          "kexec",
          "ldconfig",
          "mkswap",
          "modprobe",
          "mount",
          "poweroff",
          "reboot",
          "rmmod",
          "service",
          "setenforce",
          "shutdown",
          "swapoff",
          "swapon",
          "sysctl",
          "telinit",
          "timedatectl",
          "ufw",
          "umount");

  private final Path directory;

  private HostPrograms(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes the programs.
   *
   * @param directory is put first in the host's PATH; made here
   * @param mailbox the directory of the mailbox
   * @param box the name of the host's box in it
   * @param hostname what the host calls itself
   * @param fetches whether it gets a curl of its own
   */
  static void write(Path directory, Path mailbox, String box, String hostname, boolean fetches) {
    try {
      Files.createDirectories(directory);
      HostPrograms programs = new HostPrograms(directory);
      programs.write("systemctl", asking("systemctl", mailbox, box, ":"));
      if (fetches) {
        String input = "set -- \"$@\" \"$(cat)\" \"$file.body\"";
        programs.write("curl", asking("curl", mailbox, box, input));
      }
      programs.write("containerd", "#!/bin/sh\n" + CONTAINERD + "\n");
      programs.write("hostname", "#!/bin/sh\necho " + quoted(hostname) + "\n");
      programs.write("uname", uname(hostname));
      for (String name : REFUSED) {
        programs.write(name, refusal(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String asking(String name, Path mailbox, String box, String input)
      throws IOException {
    URL template = Objects.requireNonNull(HostPrograms.class.getResource("ask.sh"), "ask.sh");
    return Resources.toString(template, StandardCharsets.UTF_8)
        .replace("@PROGRAM@", name)
        .replace("@MAILBOX@", quoted(mailbox.toString()))
        .replace("@INPUT@", input)
        .replace("@BOX@", box);
  }

  private static String uname(String hostname) {
    return "#!/bin/sh\n"
        + "[ \"$*\" = -n ] && { echo "
        + quoted(hostname)
        + "; exit; }\n"
        + "PATH=${PATH#*:} exec uname \"$@\"\n";
  }

  private static String refusal(String name) {
    return "#!/bin/sh\n"
        + "echo '"
        + name
        + ": an embedded host has none, nothing was changed' >&2\n"
        + "exit 1\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
