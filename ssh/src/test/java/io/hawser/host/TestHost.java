package io.hawser.host;

import static java.util.stream.Collectors.toList;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One host whose root is a directory, and access to it. */
final class TestHost {
  final Path root;
  final LocalShell shell;
  final HostAccess access;

  TestHost(Path temp, String shell) {
    try {
      // A blank in the root: it must be quoted everywhere.
      this.root = Files.createDirectories(temp.resolve("the root"));
      this.shell = new LocalShell(Files.createDirectories(temp.resolve("work")), shell.split(" "));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Host host = Host.at("127.0.0.11").roles(Role.MASTER).root(root.toString()).build();
    Cluster cluster = Cluster.named("c1").hosts(host).build();
    this.access = HostAccess.to(this.shell, cluster, host);
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
    return results.stream().map(ChangeResult::outcome).collect(toList());
  }

  Map<String, String> snapshot() throws IOException {
    return Snapshot.of(root);
  }
}
