package io.hawser.testkit;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.TreeChange;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with a small heap that brings a tree to a host, twice, and prints what came of it. */
final class SmallHeapPush {
  private SmallHeapPush() {}

  /** Runs one; returns the lines that it printed. */
  static List<String> run(int mebibytes, Path hostKeys, Host host, Path tree) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(hostKeys.toString()));
    arguments.addAll(ControllerJvm.words(host));
    arguments.add(tree.toString());
    Process process =
        ControllerJvm.start(SmallHeapPush.class, List.of("-Xmx" + mebibytes + "m"), arguments);
    process.getOutputStream().close();
    try (var lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return lines.toList();
    }
  }

  /** Brings the tree; see {@link #run}. */
  public static void main(String[] args) throws Exception {
    Host host = ControllerJvm.host(args, 1);
    Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(Path.of(args[0]));
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      for (TreeChange.Check check : TreeChange.Check.values()) {
        FileTree tree = FileTree.scan(Path.of(args[6]), path -> true);
        TreeChange change = new TreeChange("/srv/tree", tree, check);
        var result = HostAccess.to(client, cluster, host).apply("test", List.of(change)).get(0);
        System.out.println(result.outcome() + " " + result.message());
      }
    }
  }
}
