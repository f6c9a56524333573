package io.hawser.lab.bench;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.RelayedTree;
import io.hawser.host.TransferListener;
import io.hawser.host.TreeChange;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Trees that hosts pass on to each other. */
final class TreeRelay {
  private TreeRelay() {}

  static List<ChangeResult> results(
      SshClient client, Path source, List<Host> targets, TransferListener listener)
      throws IOException {
    FileTree tree = FileTree.scan(source, path -> true);
    Cluster cluster = Cluster.named("bench").hosts(targets).build();
    return RelayedTree.apply(
        "bench",
        new TreeChange(TreePush.TARGET, tree),
        targets.stream()
            .map(host -> HostAccess.to(client, cluster, host).withListener(listener))
            .toList());
  }

  /** The seconds until all hosts but one had everything in place; that one has to fail. */
  static String others(SshClient client, Path source, List<Host> targets, String failing)
      throws IOException {
    long start = System.nanoTime();
    Map<String, Long> done = new ConcurrentHashMap<>();
    List<ChangeResult> results =
        results(
            client,
            source,
            targets,
            now -> {
              if (now.files() == now.totalFiles() && now.bytes() == now.totalBytes()) {
                done.put(now.host(), System.nanoTime());
              }
            });
    long last = start;
    for (int i = 0; i < targets.size(); i++) {
      String address = targets.get(i).address();
      boolean fails = address.equals(failing);
      if (results.get(i).outcome() != (fails ? Outcome.FAILED : Outcome.CHANGED)) {
        throw new IllegalStateException(address + ": " + results.get(i));
      }
      if (!fails) {
        last = Math.max(last, done.getOrDefault(address, System.nanoTime()));
      }
    }
    return String.format(Locale.ROOT, "%.6f 0.000000", (last - start) / 1e9);
  }
}
