package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLock;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.RelayedTree;
import io.hawser.host.TransferProgress;
import io.hawser.host.TreeChange;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabTrees;
import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees that real hosts pass on to each other. */
@RealHosts(3)
@InControllerNetwork
@Timeout(120)
class RelayedTreesIT {
  private static final String PLACE = "/srv/relayed";
  private static final int MEBIBYTES = 24;

  /** The hosts of a test and what they are to get. */
  private record Relay(Lab lab, LabTrees trees, Cluster cluster, Path source)
      implements AutoCloseable {
    static Relay of(Lab lab, Path source) throws IOException {
      for (int i = 0; i < MEBIBYTES; i++) {
        LabTrees.write(source.resolve("part-" + i % 3 + "/blob-" + i), 1, i);
      }
      LabTrees trees = new LabTrees(lab);
      return new Relay(lab, trees, trees.cluster(Path.of("/")), source);
    }

    @Override
    public void close() {
      lab.verb("heal", "all").ok();
      for (Host host : cluster.hosts()) {
        List<ChangeResult> unused =
            HostAccess.to(trees.client(), cluster, host).undo(entry -> true);
      }
      trees.close();
    }

    private FileTree tree() {
      try {
        return FileTree.scan(source, path -> true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<ChangeResult> relay(Runnable halfWay, Host... hosts) {
      TreeChange change = new TreeChange(PLACE, tree());
      try (ClusterLock lock = ClusterLock.take(trees.client(), cluster, List.of(hosts))) {
        return RelayedTree.apply(
            "test",
            change,
            List.of(hosts).stream()
                .map(host -> lock.access(host).withListener(now -> tell(now, halfWay)))
                .toList());
      }
    }

    static void tell(TransferProgress now, Runnable halfWay) {
      if (now.bytes() * 3 > now.totalBytes()) {
        halfWay.run();
      }
    }

    static void assertOutcomes(List<ChangeResult> results, Outcome... outcomes) {
      assertThat(results)
          .extracting(ChangeResult::outcome)
          .as("%s", results)
          .containsExactly(outcomes);
    }

    private List<String> names(String directory) throws IOException {
      try (Stream<Path> files = Files.list(source.resolve(directory))) {
        return files.map(path -> path.getFileName().toString()).sorted().toList();
      }
    }

    void assertThere(int host) throws IOException {
      String there =
          lab.on(host, "cd " + PLACE + " && find . -type f -exec sha256sum {} + | sort -k 2")
              .ok()
              .output();
      StringBuilder expected = new StringBuilder();
      for (int part = 0; part < 3; part++) {
        for (String name : names("part-" + part)) {
          String path = "part-" + part + "/" + name;
          expected.append(LabTrees.digest(source.resolve(path))).append("  ./" + path + "\n");
        }
      }
      assertThat(there).isEqualTo(expected.toString());
    }

    void assertNothingListens(int host) {
      String ports = lab.on(host, "cat /proc/net/tcp /proc/net/tcp6").ok().output();
      assertThat(ports.lines())
          .noneMatch(line -> line.matches(".*:[C-F][0-9A-F]{3} [0-9A-F]+:0000 0A .*"));
      assertThat(lab.on(host, "find /var/lib/hawser/lab/relay -type f").output()).isEmpty();
      assertThat(lab.on(host, "cat /proc/[0-9]*/comm").ok().output()).doesNotContain("openssl");
    }
  }

  @Test
  @DisplayName("S15 each byte leaves the controller once for three hosts; no port or key stays")
  void eachByteLeavesOnce(Lab lab, @TempDir Path source) throws Exception {
    try (Relay relay = Relay.of(lab, source)) {
      Host[] hosts = relay.cluster().hosts().toArray(Host[]::new);
      long data = (long) MEBIBYTES << 20;
      long before = relay.trees().received(1);
      long sentBySecond = sent(lab, 2);
      long sentByThird = sent(lab, 3);
      Relay.assertOutcomes(
          relay.relay(() -> {}, hosts), Outcome.CHANGED, Outcome.CHANGED, Outcome.CHANGED);
      assertThat(relay.trees().received(1) - before).isBetween(data, data + data / 10);
      assertThat(sent(lab, 2) - sentBySecond).as("handed on to the third").isGreaterThan(data);
      assertThat(sent(lab, 3) - sentByThird).as("the last hands on nothing").isLessThan(data / 10);
      for (int host = 1; host <= 3; host++) {
        relay.assertThere(host);
        relay.assertNothingListens(host);
      }
    }
  }

  private static long sent(Lab lab, int host) {
    return Long.parseLong(
        lab.on(host, "cat /sys/class/net/eth0/statistics/tx_bytes").ok().output().strip());
  }

  @Test
  @DisplayName("F8 a host that hangs while it passes on is left out; the others have all soon")
  void aHostThatHangsIsLeftOut(Lab lab, @TempDir Path source) throws Exception {
    try (Relay relay = Relay.of(lab, source)) {
      lab.verb("shape", "40mbit").ok();
      CountDownLatch halfWay = new CountDownLatch(1);
      Host[] hosts = relay.cluster().hosts().toArray(Host[]::new);
      CompletableFuture<List<ChangeResult>> results =
          CompletableFuture.supplyAsync(() -> relay.relay(halfWay::countDown, hosts));
      assertThat(halfWay.await(60, TimeUnit.SECONDS)).isTrue();
      lab.verb("pause", "2").ok();
      List<ChangeResult> rows = results.get(100, TimeUnit.SECONDS);
      Relay.assertOutcomes(rows, Outcome.CHANGED, Outcome.FAILED, Outcome.CHANGED);
      assertThat(rows.get(1).message()).contains("not relayed to the end", "not heard of");
      for (int host : List.of(1, 3)) {
        relay.assertThere(host);
        relay.assertNothingListens(host);
      }
      lab.verb("heal", "all").ok();
      Relay.assertOutcomes(
          relay.relay(() -> {}, hosts), Outcome.SAME, Outcome.CHANGED, Outcome.SAME);
      relay.assertThere(2);
    }
  }
}
