package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.TransferListener;
import io.hawser.host.TransferProgress;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabTrees;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees for a real host whose link, sshd or power goes in the middle. */
@RealHosts(1)
@InControllerNetwork
@Timeout(300)
class TreesOnLinksIT {
  static final TransferListener NOBODY = progress -> {};

  /** Three pieces of what is verified at a time. */
  static final int MEBIBYTES = 192;

  /** So many bytes of a file, and what comes beside them: packets' heads, the agent, the lock. */
  private static long bytes(double mebibytes) {
    return (long) (1.08 * mebibytes * (1 << 20));
  }

  static Path tree(Path temp, int mebibytes) throws IOException {
    LabTrees.write(temp.resolve("tree/long"), mebibytes, 1);
    return temp.resolve("tree");
  }

  /** Does something once, when so much of the file is on its way. */
  static TransferListener at(double share, Runnable fault) {
    AtomicBoolean done = new AtomicBoolean();
    Consumer<TransferProgress> act =
        now -> {
          if (now.bytes() > share * now.totalBytes() && done.compareAndSet(false, true)) {
            fault.run();
          }
        };
    return act::accept;
  }

  static HostResult put(LabTrees trees, Path tree, TransferListener listener) {
    Report report = trees.mount(tree, listener, 1);
    assertThat(report.results()).hasSize(1);
    return report.results().get(0);
  }

  private static void assertThere(LabTrees trees, Path tree) throws IOException {
    assertThat(trees.digest(1, "long")).isEqualTo(LabTrees.digest(tree.resolve("long")));
    HostResult again = put(trees, tree, NOBODY);
    assertThat(again.status()).as(again.message()).isEqualTo(Status.OK);
    assertThat(trees.unmount(1).succeeded()).isTrue();
  }

  /** What broke after {@code share} of the file goes on with its last whole piece. */
  static void assertResumes(Lab lab, LabTrees trees, Path tree, double share) throws IOException {
    long before = trees.received(1);
    HostResult row = put(trees, tree, NOBODY);
    assertThat(row.status()).as(row.message()).isEqualTo(Status.CHANGED);
    long sent = trees.received(1) - before;
    System.out.println("shown: " + sent / (1 << 20) + " MiB were sent by the next run");
    // Of what was sent, a piece of 64 MiB is not whole, and some was on its way.
    assertThat(sent).isLessThan(bytes((1 - share) * MEBIBYTES + 80));
    assertThere(trees, tree);
  }

  @Test
  @DisplayName("F1 a link that is cut at half of a long file, and healed after 5 s, costs no byte")
  void aLinkThatIsCutForAMoment(Lab lab, @TempDir Path temp) throws Exception {
    Path tree = tree(temp, 320);
    try (LabTrees trees = new LabTrees(lab)) {
      CompletableFuture<Void> healed = new CompletableFuture<>();
      Runnable fault =
          () -> {
            lab.verb("cut", "1").ok();
            CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS)
                .execute(
                    () -> {
                      lab.verb("heal", "1").ok();
                      healed.complete(null);
                    });
          };
      long before = trees.received(1);
      HostResult row = put(trees, tree, at(0.5, fault));
      healed.get(30, TimeUnit.SECONDS);
      assertThat(row.status()).as(row.message()).isEqualTo(Status.CHANGED);
      assertThat(trees.received(1) - before).isLessThan(bytes(320));
      assertThere(trees, tree);
    } finally {
      lab.verb("heal", "1").ok();
    }
  }

  @Test
  @DisplayName("F2 an sshd child that is killed in the middle of a file: the next run goes on")
  void anSshdChildIsKilled(Lab lab, @TempDir Path temp) throws Exception {
    Path tree = tree(temp, MEBIBYTES);
    String kill =
        "for p in /proc/[0-9]*; do read -r name <$p/comm && [ \"$name\" = sshd ] &&"
            + " [ ${p#/proc/} != $(cat /run/sshd.pid) ] && kill -9 ${p#/proc/}; done; :";
    try (LabTrees trees = new LabTrees(lab)) {
      HostResult row = put(trees, tree, at(0.75, () -> lab.on(1, kill).ok()));
      assertThat(row.status()).as(row.message()).isEqualTo(Status.FAILED);
      assertThat(lab.on(1, "test -e " + trees.place() + "/long").status()).isEqualTo(1);
      assertResumes(lab, trees, tree, 0.75);
    }
  }

  @Test
  @DisplayName("F3 a host that loses its power in the middle of a file: the next run goes on")
  void aHostLosesItsPower(Lab lab, @TempDir Path temp) throws Exception {
    Path tree = tree(temp, MEBIBYTES);
    CompletableFuture<Void> back = new CompletableFuture<>();
    Runnable fault =
        () -> {
          lab.verb("kill", "1").ok();
          CompletableFuture.runAsync(() -> lab.verb("heal", "1").ok())
              .whenComplete((done, failure) -> back.complete(null));
        };
    try (LabTrees trees = new LabTrees(lab)) {
      HostResult row = put(trees, tree, at(0.75, fault));
      back.get(60, TimeUnit.SECONDS);
      assertThat(row.status()).as(row.message()).isEqualTo(Status.FAILED);
      assertThat(lab.on(1, "test -e " + trees.place() + "/long").status()).isEqualTo(1);
      assertResumes(lab, trees, tree, 0.75);
    }
  }

  @Test
  @DisplayName("F12 a link that loses 5 % of its frames, or delays them by 150 ms, is only slower")
  void aBadLink(Lab lab, @TempDir Path temp) throws Exception {
    Path tree = Files.createDirectories(temp.resolve("small"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(tree.resolve("f" + i), "x".repeat(2_000 + i));
    }
    for (String[] fault : new String[][] {{"loss", "1", "5"}, {"delay", "1", "150"}}) {
      lab.verb(fault).ok();
      try (LabTrees trees = new LabTrees(lab)) {
        long start = System.nanoTime();
        HostResult row = put(trees, tree, NOBODY);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("shown: " + fault[0] + " " + fault[2] + ": " + millis + " ms");
        assertThat(row.status()).as(row.message()).isEqualTo(Status.CHANGED);
        // Every effect once: one entry for the tree, and what there is of files is what was sent.
        assertThat(trees.access(1).journal())
            .filteredOn(entry -> entry.kind().equals("tree"))
            .hasSize(1);
        assertThat(lab.on(1, "ls -A " + trees.place()).lines()).hasSize(20);
        lab.verb("heal", "1").ok();
        assertThat(put(trees, tree, NOBODY).status()).isEqualTo(Status.OK);
        assertThat(trees.unmount(1).succeeded()).isTrue();
      } finally {
        lab.verb("heal", "1").ok();
      }
    }
  }
}
