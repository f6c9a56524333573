package io.hawser.lab;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.BlockChange;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileChange;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.TransferListener;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.host.WriteProblem;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabTrees;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees on the disk of a real host: never torn there, and when it is full. */
@RealHosts(1)
@InControllerNetwork
@Timeout(120)
class TreesOnDisksIT {
  private static final TransferListener NOBODY = progress -> {};
  private static final List<String> FILES = List.of("bin/tool", "blob", "etc/conf");
  private static final String PLACE = "/srv/tree";
  private static final int BLOB = 40;

  /** Trees of different seeds have the same names and sizes. */
  private static Path tree(Path directory, int seed, int blob) throws IOException {
    LabTrees.write(directory.resolve("bin/tool"), 1, seed);
    LabTrees.write(directory.resolve("blob"), blob, seed + 10);
    Files.createDirectories(directory.resolve("etc"));
    Files.writeString(directory.resolve("etc/conf"), "seed " + seed + "\n");
    return directory;
  }

  @Test
  @DisplayName("F4 a loop on the host hashes the final paths during transfers: never a torn file")
  void neverATornFile(Lab lab, @TempDir Path temp) throws Exception {
    List<Path> sources = List.of(tree(temp.resolve("a"), 1, 8), tree(temp.resolve("b"), 2, 8));
    try (LabTrees trees = new LabTrees(lab)) {
      mount(trees, sources.get(0));
      CompletableFuture<Ran> loop =
          CompletableFuture.supplyAsync(() -> lab.on(1, hashing(trees.place())).ok());
      try {
        for (int i = 1; i <= 6; i++) {
          mount(trees, sources.get(i % 2));
        }
      } finally {
        lab.on(1, "rm -f /run/looping").ok();
      }
      List<String> hashes = loop.get(30, TimeUnit.SECONDS).lines();
      System.out.println("shown: " + hashes.size() + " hashes of final paths in 6 transfers");
      assertThat(hashes.size()).as("hashes").isGreaterThan(200);
      // A file that is missing for a moment would have given the shell's complaint.
      assertThat(byPath(hashes)).isEqualTo(wholeOnes(sources));
      assertThat(trees.unmount(1).succeeded()).isTrue();
    }
  }

  private static void mount(LabTrees trees, Path source) {
    HostResult row = trees.mount(source, NOBODY, 1).results().get(0);
    assertThat(row.status()).as(row.message()).isEqualTo(Status.CHANGED);
  }

  /** Small files often, the large one now and then. */
  private static String hashing(String place) {
    String small = " bin/tool etc/conf etc/conf";
    return ("cd " + place + " && : >/run/looping && while [ -e /run/looping ]; do for file in")
        + (small + small + small + " blob; do")
        + " { echo \"$file $(openssl dgst -sha256 -r <$file)\"; } 2>&1; done; done";
  }

  private static Map<String, Set<String>> byPath(List<String> hashes) {
    Map<String, Set<String>> seen = new TreeMap<>();
    for (String line : hashes) {
      String[] words = line.split(" ", 2);
      seen.computeIfAbsent(words[0], path -> new HashSet<>())
          .add(words[1].replaceFirst(" \\*stdin$", ""));
    }
    return seen;
  }

  private static Map<String, Set<String>> wholeOnes(List<Path> sources) throws IOException {
    Map<String, Set<String>> whole = new TreeMap<>();
    for (Path source : sources) {
      for (String file : FILES) {
        whole
            .computeIfAbsent(file, path -> new HashSet<>())
            .add(LabTrees.digest(source.resolve(file)));
      }
    }
    return whole;
  }

  private static ChangeResult put(HostAccess access, Path tree) throws IOException {
    FileTree files = FileTree.scan(tree, path -> true);
    return access.apply("test", List.of(new TreeChange(PLACE, files))).get(0);
  }

  private static void assertIs(Lab lab, Path tree) throws IOException {
    for (String file : FILES) {
      assertThat(lab.on(1, "sha256sum <" + PLACE + "/" + file).ok().output())
          .startsWith(LabTrees.digest(tree.resolve(file)));
    }
  }

  private static void assertUndone(Lab lab, HostAccess access) {
    assertThat(access.undo(entry -> true)).allMatch(undone -> undone.outcome() == CHANGED);
    assertThat(lab.on(1, "ls -A " + PLACE + " /var/lib/hawser").status()).isNotZero();
  }

  @Test
  @DisplayName("D1 D2 what has no room is refused before anything is sent, with what is free")
  void noRoom(Lab lab, @TempDir Path temp) throws Exception {
    Path large = tree(temp.resolve("large"), 1, BLOB);
    Path many = Files.createDirectories(temp.resolve("many"));
    for (int i = 0; i < 500; i++) {
      Files.writeString(many.resolve("f" + i), "x");
    }
    try (LabTrees trees = new LabTrees(lab)) {
      HostAccess access = trees.access(1);
      lab.verb("fill", "1", "42M").ok();
      long before = trees.received(1);
      assertRefused(lab, put(access, large), " bytes are to be written and 4[0-9]{7} bytes are");
      assertThat(trees.received(1) - before).as("bytes on the link").isLessThan(1 << 18);
      lab.verb("heal", "1").ok();
      lab.verb("fill", "1", "inodes").ok();
      assertRefused(lab, put(access, many), "500 inodes are to be made and 0 inodes are free");
      lab.verb("heal", "1").ok();
      for (Path tree : List.of(large, many)) {
        assertThat(put(access, tree).outcome()).isEqualTo(CHANGED);
      }
      assertUndone(lab, access);
    } finally {
      lab.verb("heal", "1").ok();
    }
  }

  private static void assertRefused(Lab lab, ChangeResult result, String words) {
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.problem()).as(result.message()).isEqualTo(WriteProblem.NO_SPACE);
    assertThat(result.message())
        .startsWith(lab.address(1) + ": no space left for " + PLACE)
        .containsPattern(words);
  }

  @Test
  @DisplayName(
      "D1 D2 a disk that gets full in the middle leaves the old files; with room it goes on")
  void fullInTheMiddle(Lab lab, @TempDir Path temp) throws Exception {
    Path old = tree(temp.resolve("old"), 1, BLOB);
    Path next = tree(temp.resolve("next"), 2, BLOB);
    for (int i = 0; i < 300; i++) {
      Files.writeString(next.resolve("etc/f" + i), "x");
    }
    AtomicBoolean filled = new AtomicBoolean(true);
    try (LabTrees trees = new LabTrees(lab)) {
      HostAccess plain = trees.access(1);
      assertThat(put(plain, old).outcome()).isEqualTo(CHANGED);
      for (String left : List.of("20M", "0", "inodes")) {
        filled.set(false);
        TransferListener fill =
            now -> {
              if (now.bytes() > 0 && filled.compareAndSet(false, true)) {
                lab.verb("fill", "1", left).ok();
              }
            };
        ChangeResult result = put(plain.withListener(fill), next);
        assertThat(filled).isTrue();
        assertThat(result.outcome()).as("with %s left", left).isEqualTo(FAILED);
        assertThat(result.problem()).as(result.message()).isEqualTo(WriteProblem.NO_SPACE);
        assertThat(result.message()).contains(PLACE);
        assertIs(lab, old);
        lab.verb("heal", "1").ok();
      }
      ChangeResult result = put(plain, next);
      assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
      assertIs(lab, next);
      assertThat(lab.on(1, "ls -A " + PLACE).output()).doesNotContain("hawser");
      assertUndone(lab, plain);
    } finally {
      lab.verb("heal", "1").ok();
    }
  }

  private static void assertProblem(HostAccess access, HostChange change, WriteProblem problem) {
    ChangeResult result = access.apply("test", List.of(change)).get(0);
    assertThat(result.problem()).as(result.message()).isEqualTo(problem);
    if (problem != WriteProblem.NONE) {
      assertThat(result.message()).contains(change.target());
    }
  }

  @Test
  @DisplayName("D3 what the system of a real host says against a write is typed and names the path")
  void whatTheSystemRefuses(Lab lab) throws Exception {
    FileTree tree = FileTree.of(List.of(TreeFile.text("f", 0644, "ours")));
    lab.on(
            1,
            "mkdir -p /srv/ro /srv/fixed && mount -t tmpfs -o mode=755 ro /srv/ro && echo theirs >/srv/ro/f"
                + " && mount -o remount,ro /srv/ro && echo theirs >/srv/fixed/f")
        .ok();
    boolean fixed = lab.on(1, "chattr +i /srv/fixed/f /srv/fixed").status() == 0;
    System.out.println("shown: immutable files " + (fixed ? "tried" : "are not possible here"));
    try (LabTrees trees = new LabTrees(lab)) {
      HostAccess access = trees.access(1);
      assertProblem(access, FileChange.plain("/srv/ro/f", "ours"), WriteProblem.READ_ONLY);
      assertProblem(access, new TreeChange("/srv/ro/d", tree), WriteProblem.READ_ONLY);
      assertProblem(access, new TreeChange("/srv/ro", tree), WriteProblem.READ_ONLY);
      if (fixed) {
        assertProblem(access, FileChange.plain("/srv/fixed/f", "ours"), WriteProblem.IMMUTABLE);
        assertProblem(access, new TreeChange("/srv/fixed", tree), WriteProblem.DENIED);
      }
      assertProblem(access, FileChange.plain("/srv/ro/f/below", "x"), WriteProblem.NOT_A_DIRECTORY);
      lab.on(1, "chattr -i /srv/fixed/f /srv/fixed; umount /srv/ro");
      assertThat(access.undo(entry -> true)).allMatch(undone -> undone.outcome() == CHANGED);
      assertThat(lab.on(1, "cat /srv/fixed/f && ls -A /srv/ro").ok().output())
          .isEqualTo("theirs\n");
    } finally {
      lab.on(1, "chattr -i /srv/fixed/f /srv/fixed; umount /srv/ro; rm -rf /srv/ro /srv/fixed");
    }
  }

  @Test
  @DisplayName(
      "D3 a busy program is replaced beside its process, a mounted hosts file only where allowed")
  void whatIsInUse(Lab lab) throws Exception {
    String program = "/srv/busy";
    String hosts = lab.on(1, "cat /etc/hosts").ok().output();
    lab.on(1, "cp /usr/bin/sleep /srv/busy && { /srv/busy 100 >/dev/null 2>&1 & }").ok();
    lab.on(1, "mount --bind /etc/hosts /etc/hosts").ok();
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("10.77.0.99 hub"));
    try (LabTrees trees = new LabTrees(lab)) {
      HostAccess access = trees.access(1);
      assertThat(lab.on(1, "echo x >/srv/busy").output()).contains("Text file busy");
      assertProblem(access, FileChange.plain(program, "ours"), WriteProblem.NONE);
      assertThat(lab.on(1, "cat /srv/busy; pidof busy").ok().output()).matches("ours[0-9]+\n");
      assertProblem(access, block, WriteProblem.BUSY);
      assertProblem(access, block.allowInPlace(), WriteProblem.NONE);
      assertThat(lab.on(1, "cat /etc/hosts").output()).startsWith(hosts).contains("10.77.0.99 hub");
      assertThat(access.undo(entry -> true)).allMatch(undone -> undone.outcome() == CHANGED);
      assertThat(lab.on(1, "cat /etc/hosts").output()).isEqualTo(hosts);
      assertThat(lab.on(1, "cmp /srv/busy /usr/bin/sleep").status()).isZero();
    } finally {
      lab.on(1, "kill $(pidof busy); umount /etc/hosts; rm -f /srv/busy");
    }
  }
}
