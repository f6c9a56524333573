package io.hawser.host;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** One host whose root is a directory, and access to it. */
final class TestHost {
  final Path root;
  final LocalShell shell;
  private final Path bin;

  /** Of the points at which a run can be killed, each or every so many, as the shell is usual. */
  final int step;

  final HostAccess access;

  TestHost(Path temp, String shell) {
    this.step = shell.equals("/bin/sh") ? 1 : 9;
    try {
      // A blank in the root: it must be quoted everywhere.
      this.root = Files.createDirectories(temp.resolve("the root"));
      this.shell =
          new LocalShell(Files.createDirectories(temp.resolve("work")), shell.split(" ", -1));
      this.bin = Files.createDirectories(temp.resolve("bin"));
      // Tests do not wait for the disk.
      program("sync", "#!/bin/sh\n");
      this.shell.withEnv("PATH", bin + ":" + System.getenv("PATH"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Host host = Host.at("127.0.0.11").roles(Role.MASTER).root(root.toString()).build();
    Cluster cluster = Cluster.named("c1").hosts(host).build();
    this.access = HostAccess.to(this.shell, cluster, host);
  }

  /** Puts a program before all others on the host's PATH. */
  void program(String name, String text) throws IOException {
    Path file = Files.writeString(bin.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts the tools of busybox before all others on the host's PATH. */
  TestHost withBusybox() throws IOException {
    for (String tool :
        ("cat chmod cmp cp cut find grep head id ln mkdir mktemp mv readlink rm rmdir sed"
                + " sha256sum sort stat tail tar tr uniq wc xargs")
            .split(" ", -1)) {
      program(tool, "#!/bin/sh\nexec /usr/bin/busybox " + tool + " \"$@\"\n");
    }
    return this;
  }

  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  Path write(String absolute, String content) throws IOException {
    Files.createDirectories(path(absolute).getParent());
    return Files.writeString(path(absolute), content);
  }

  String read(String absolute) throws IOException {
    return Files.readString(path(absolute));
  }

  List<HostChange.Outcome> apply(HostChange... changes) {
    return outcomes(access.apply("test", List.of(changes)));
  }

  List<HostChange.Outcome> undo() {
    return outcomes(access.undo(entry -> true));
  }

  static List<HostChange.Outcome> outcomes(List<ChangeResult> results) {
    return results.stream().map(ChangeResult::outcome).toList();
  }

  Map<String, String> snapshot() throws IOException {
    return Snapshot.of(root);
  }
}
