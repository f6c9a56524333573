package io.hawser.testkit;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.BlockChange;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLock;
import io.hawser.host.CommandChange;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.FileTree;
import io.hawser.host.HostChange;
import io.hawser.host.LinkChange;
import io.hawser.host.TreeChange;
import io.hawser.host.UnitChange;
import io.hawser.host.WatchChange;
import io.hawser.host.Watched;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A change of every kind that the journal knows, and their undo, on one host. */
final class CrashScenario {
  private final SshClient client;
  private final Cluster cluster;
  private final Path tree;

  /**
   * A scenario.
   *
   * @param tree a directory of the controller that goes to the host
   */
  CrashScenario(SshClient client, Host host, Path tree) {
    this.client = client;
    this.cluster = Cluster.named("c1").hosts(List.of(host)).build();
    this.tree = tree;
  }

  /** Makes the tree; of another seed, another one. */
  static void makeTree(Path tree, int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      Path file = tree.resolve("d" + i % 4 + "/e/f" + i);
      Files.createDirectories(file.getParent());
      byte[] content = new byte[random.nextInt(100_000)];
      random.nextBytes(content);
      Files.write(file, content);
    }
    Files.createSymbolicLink(tree.resolve("link"), Path.of("d0/e"));
  }

  /** Makes what somebody else has on the host, and some of it is in the way. */
  static void layOut(Path root) throws IOException {
    Files.createDirectories(root.resolve("srv/tree/d1"));
    Files.writeString(root.resolve("srv/tree/d1/theirs"), "theirs");
    Files.writeString(root.resolve("srv/tree/d2"), "in the way");
    Files.createDirectories(root.resolve("etc/app"));
    Files.writeString(root.resolve("etc/app/conf"), "theirs");
    Files.writeString(root.resolve("etc/sysctl.conf"), "x = 1\n");
    Files.writeString(root.resolve("srv/link"), "in the way");
  }

  private List<HostChange> changes() throws IOException {
    Watched sysctl = new Watched(Watched.Group.SYSTEM, Watched.Kind.FILE, "/etc/sysctl.conf");
    // A script that was cut off is run again, so it has to look before it appends.
    String init =
        "cd \"$HAWSER_ROOT/etc\" && { grep -qx y sysctl.conf || echo y >>sysctl.conf; }; : >made";
    String clean = "rm -f \"$HAWSER_ROOT/etc/made\"";
    return List.of(
        new WatchChange("scripts", List.of(sysctl)),
        new DirectoryChange("/opt/ours/deep", 0700),
        FileChange.plain("/etc/app/conf", "ours"),
        new BlockChange("/etc/hosts", "c1", List.of("10.0.0.1 hub")),
        new TreeChange("/srv/tree", FileTree.scan(tree, path -> true), TreeChange.Check.QUICK),
        new LinkChange("/srv/link", "/srv/tree"),
        new UnitChange("app", "[Service]\nExecStart=/bin/sleep 1000\n"),
        new CommandChange(
            "init",
            Command.script(Script.of("init", init)),
            Command.script(Script.of("clean", clean)),
            "f"));
  }

  List<ChangeResult> apply() throws IOException {
    List<HostChange> changes = changes();
    try (ClusterLock lock = ClusterLock.take(client, cluster, cluster.hosts())) {
      return lock.access(cluster.hosts().get(0)).apply("test", changes);
    }
  }

  List<ChangeResult> undo() {
    try (ClusterLock lock = ClusterLock.take(client, cluster, cluster.hosts())) {
      return lock.access(cluster.hosts().get(0)).undo(entry -> true);
    }
  }
}
