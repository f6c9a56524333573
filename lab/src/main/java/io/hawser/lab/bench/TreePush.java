package io.hawser.lab.bench;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeChange.Check;
import io.hawser.host.Uploads;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Brings a directory to hosts and says how long that took. It answers each line of its standard
 * input, {@code push SOURCE HOSTS OUTCOME}, with one of seconds and seconds of processor time. The
 * source is scanned, sent and verified each time:
 *
 * <ul>
 *   <li>{@code push}: over new connections
 *   <li>{@code open}: over connections that are open
 *   <li>{@code sealos}: as sealos does it, over new connections; see {@link SealosWay}
 * </ul>
 *
 * <p>The outcome is what each host must answer, {@code CHANGED} or {@code SAME}. With a request as
 * further arguments it answers that, adds the MiB of heap it used, and ends: the figures of a fresh
 * JVM.
 */
final class TreePush {
  static final String TARGET = "/data";

  private final BenchHosts hosts;
  private final SshClient open;

  private TreePush(BenchHosts hosts) {
    this.hosts = hosts;
    this.open = client();
  }

  /** Takes the state directory of {@code lab/bench}, and a request or none. */
  public static void main(String... arguments) throws Exception {
    TreePush push = new TreePush(BenchHosts.in(Path.of(arguments[0])));
    if (arguments.length > 1) {
      System.out.print(push.answer(List.of(arguments).subList(1, arguments.length)));
      System.out.println(String.format(Locale.ROOT, " %.1f", peakHeap()));
      return;
    }
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(push.answer(List.of(line.split(" ", -1))));
    }
    push.open.close();
  }

  private String answer(List<String> request) throws Exception {
    Path source = Path.of(request.get(1));
    List<Host> targets = hosts.chosen(request.get(2));
    long start = System.nanoTime();
    long cpu = cpu();
    switch (request.get(0)) {
      case "push" -> {
        try (SshClient client = client()) {
          push(client, source, targets, request.get(3));
        }
      }
      case "open" -> push(open, source, targets, request.get(3));
      case "relay" -> relay(source, targets, request.get(3));
      case "others" -> {
        return TreeRelay.others(open, source, targets, request.get(3));
      }
      case "sealos" -> SealosWay.copy(hosts, source, targets, TARGET);
      default -> throw new IllegalArgumentException(request + " is no request");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double used = (cpu() - cpu) / 1e9;
    return String.format(Locale.ROOT, "%.6f %.6f", seconds, used);
  }

  private void push(SshClient client, Path source, List<Host> targets, String outcome)
      throws IOException {
    FileTree tree = FileTree.scan(source, path -> true);
    Cluster cluster = Cluster.named("bench").hosts(targets).build();
    Uploads uploads = Uploads.atMost(Uploads.DEFAULT_LIMIT);
    FanOut.map(
        targets,
        FanOut.DEFAULT_WIDTH,
        host -> {
          HostAccess access = HostAccess.to(client, cluster, host).withUploads(uploads);
          TreeChange change = new TreeChange(TARGET, tree, Check.QUICK);
          ChangeResult result = access.apply("bench", List.of(change)).get(0);
          if (result.outcome() != Outcome.valueOf(outcome)) {
            throw new IllegalStateException(host + ": " + result);
          }
          return result;
        });
  }

  private void relay(Path source, List<Host> targets, String outcome) throws IOException {
    for (ChangeResult result : TreeRelay.results(open, source, targets, progress -> {})) {
      if (result.outcome() != Outcome.valueOf(outcome)) {
        throw new IllegalStateException(result.toString());
      }
    }
  }

  private SshClient client() {
    return SshClients.jsch().hostKeys(hosts.hostKeys()).build();
  }

  /** How many MiB the parts of the heap held at most, each at its time. */
  private static double peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        / 1048576.0;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
