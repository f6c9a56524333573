package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostChange;
import io.hawser.host.JournalEntry;
import io.hawser.registry.Distribution;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a distributor leaves on hosts. */
final class TraceChecks {
  private static final String JOURNAL = "/var/lib/hawser";
  private static final int TRIES = 100;
  private static final long MILLIS = 50;

  private TraceChecks() {}

  static void secondRun(DistributorBench bench) throws IOException, InterruptedException {
    bench.distribute();
    List<Stamps> all = new ArrayList<>();
    for (Host host : bench.targets()) {
      bench.assertHolds(host);
      all.add(new Stamps(host, stamps(host)));
    }
    Report report = bench.distribute();
    for (Stamps before : all) {
      DistributorBench.assertRow(report, before.host(), Status.OK, DistributorRule.SAME);
      before.assertSame(stamps(before.host()));
    }
  }

  /** When the files of a host were changed last, by path. */
  private record Stamps(Host host, Map<String, String> byPath) {
    void assertSame(Map<String, String> now) {
      now.forEach(
          (path, stamp) -> {
            String was = byPath.getOrDefault(path, "nothing");
            if (!stamp.equals(was)) {
              throw Breach.of(DistributorRule.SAME, was, stamp).on(host.address()).at(path);
            }
          });
    }
  }

  /** When each file was changed last by the kernel's count, which nobody can set back. */
  private static Map<String, String> stamps(Host host) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (String directory : List.of(DistributorBench.DIRECTORY, JOURNAL)) {
      try (Stream<Path> all = Files.walk(Path.of(host.root() + directory))) {
        for (Path path : (Iterable<Path>) all::iterator) {
          Map<String, Object> now =
              Files.readAttributes(path, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS);
          String name = path.toString().substring(host.root().length());
          found.put(name, "inode " + now.get("ino") + ", changed at " + now.get("ctime"));
        }
      }
    }
    return found;
  }

  static void foreign(DistributorBench bench) throws IOException, InterruptedException {
    String blob = bench.expected.paths().get(bench.expected.paths().size() - 1);
    List<String> theirs =
        List.of(
            "notes of theirs.txt",
            "docker/registry/v2/repositories/theirs/app/_manifests/tags/v1/current/link",
            blob.substring(0, blob.lastIndexOf('/')) + "/theirs");
    Host host = bench.host(0);
    for (String path : theirs) {
      write(bench.place(host).resolve(path), "theirs");
    }
    HostBefore before = HostBefore.of(host);
    Report report = bench.distribute();
    List<String> gone =
        before.differences().stream()
            .filter(line -> line.startsWith("-" + DistributorBench.DIRECTORY))
            .toList();
    if (!gone.isEmpty()) {
      throw Breach.of(DistributorRule.FOREIGN, gone.get(0).substring(1), "gone, or different")
          .on(host.address());
    }
    bench.assertFilled(report, host);
  }

  static void replaced(DistributorBench bench) throws IOException, InterruptedException {
    Host host = bench.host(0);
    List<String> paths = bench.expected.paths();
    Path damaged = bench.place(host).resolve(paths.get(paths.size() - 1));
    write(damaged, "not what it should be");
    Files.createDirectories(bench.place(host).resolve(paths.get(0) + "/in the way"));
    HostBefore before = HostBefore.of(host);
    bench.assertFilled(bench.distribute(), host);
    assertUndone(bench, before);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  static void undo(DistributorBench bench) throws IOException, InterruptedException {
    write(bench.place(bench.host(1)).resolve("docker/theirs"), "theirs");
    List<HostBefore> all = HostBefore.of(bench.targets());
    bench.assertFilled(bench.distribute(), bench.targets().toArray(new Host[0]));
    for (HostBefore before : all) {
      Host host = before.host();
      for (JournalEntry entry : bench.access(host).journal()) {
        if (!entry.owner().equals(Distribution.OWNER)) {
          String expected = "owner " + Distribution.OWNER;
          throw Breach.of(DistributorRule.JOURNAL, expected, "owner " + entry.owner())
              .on(host.address())
              .at(entry.target());
        }
      }
      assertUndone(bench, before);
    }
  }

  private static void assertUndone(DistributorBench bench, HostBefore before) {
    Host host = before.host();
    for (ChangeResult undone : bench.access(host).undo(entry -> true)) {
      if (undone.outcome() == HostChange.Outcome.FAILED) {
        throw Breach.of(DistributorRule.JOURNAL, "undone", undone.message())
            .on(host.address())
            .at(undone.target());
      }
    }
    List<String> left = before.differences();
    if (!left.isEmpty()) {
      String found = mostTelling(left) + " (" + left.size() + " differences in all)";
      throw Breach.of(DistributorRule.JOURNAL, "the host as it was before, after undo", found)
          .on(host.address());
    }
  }

  /** A file rather than a directory, which may be there for its sake. */
  private static String mostTelling(List<String> differences) {
    return differences.stream()
        .filter(line -> !line.contains(" directory "))
        .findFirst()
        .orElse(differences.get(0));
  }

  static void elsewhere(DistributorBench bench) throws InterruptedException {
    List<HostBefore> all = HostBefore.of(bench.targets());
    bench.distribute();
    for (HostBefore before : all) {
      Host host = before.host();
      before.differences().stream()
          .filter(line -> !isOurs(line))
          .findFirst()
          .ifPresent(
              line -> {
                throw Breach.of(DistributorRule.ELSEWHERE, "nothing", line).on(host.address());
              });
      if (!before.newPorts().isEmpty()) {
        throw Breach.of(DistributorRule.ELSEWHERE, "no open port", "open: " + before.newPorts())
            .on(host.address());
      }
      assertNoProcess(host);
    }
  }

  /** Whether a line of a snapshot is of the directory, of a parent of it, or of the journal. */
  private static boolean isOurs(String line) {
    String rest = line.substring(1);
    boolean isParent =
        rest.contains(" directory ")
            && (DistributorBench.DIRECTORY + "/")
                .startsWith(rest.substring(0, rest.indexOf(" directory ")) + "/");
    return isParent
        || rest.startsWith(DistributorBench.DIRECTORY + "/")
        || rest.startsWith(JOURNAL + "/")
        || rest.startsWith(JOURNAL + " ");
  }

  /** The last ones may be about to end. */
  private static void assertNoProcess(Host host) throws InterruptedException {
    String mark = "HAWSER_ROOT=" + host.root();
    List<String> running = ProcessSweep.marked(mark);
    for (int i = 0; i < TRIES && !running.isEmpty(); i++) {
      Thread.sleep(MILLIS);
      running = ProcessSweep.marked(mark);
    }
    if (!running.isEmpty()) {
      throw Breach.of(DistributorRule.ELSEWHERE, "no process", "processes " + running)
          .on(host.address());
    }
  }
}
