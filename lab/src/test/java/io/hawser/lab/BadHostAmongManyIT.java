package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.TransferProgress;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabTrees;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees for several real hosts of which one is bad: the others are not held up by it. */
@RealHosts(3)
@InControllerNetwork
@Timeout(120)
class BadHostAmongManyIT {
  private static Map<String, HostResult> rows(Report report) {
    Map<String, HostResult> rows = new HashMap<>();
    report.results().forEach(row -> rows.put(row.host(), row));
    assertThat(rows).hasSize(3);
    return rows;
  }

  private static void assertRow(HostResult row, Status status, String... words) {
    assertThat(row.status()).as(row.message()).isEqualTo(status);
    assertThat(row.step()).isEqualTo("mount");
    assertThat(List.of(words)).as(row.message()).allMatch(row.message()::contains);
  }

  @Test
  @DisplayName("F8 hosts that are dead, full or refusing are named with their cause; others finish")
  void deadFullAndRefusing(Lab lab, @TempDir Path temp) throws Exception {
    LabTrees.write(temp.resolve("tree/blob"), 20, 1);
    try (LabTrees trees = new LabTrees(lab)) {
      lab.verb("kill", "1").ok();
      lab.verb("fill", "2", "5M").ok();
      Map<String, HostResult> rows =
          rows(trees.mount(temp.resolve("tree"), progress -> {}, 1, 2, 3));
      assertRow(rows.get(lab.address(1)), Status.FAILED, "port 22");
      assertRow(rows.get(lab.address(2)), Status.FAILED, "no space left", trees.place());
      assertRow(rows.get(lab.address(3)), Status.CHANGED, "1 files");

      lab.verb("heal", "1").ok();
      lab.on(1, "kill $(cat /run/sshd.pid)").ok();
      lab.verb("heal", "2").ok();
      rows = rows(trees.mount(temp.resolve("tree"), progress -> {}, 1, 2, 3));
      assertRow(rows.get(lab.address(1)), Status.FAILED, "connection refused");
      assertRow(rows.get(lab.address(2)), Status.CHANGED, "1 files");
      assertRow(rows.get(lab.address(3)), Status.OK);

      lab.on(1, "/usr/sbin/sshd").ok();
      rows = rows(trees.mount(temp.resolve("tree"), progress -> {}, 1, 2, 3));
      assertRow(rows.get(lab.address(1)), Status.CHANGED, "1 files");
      assertRow(rows.get(lab.address(2)), Status.OK);
      assertRow(rows.get(lab.address(3)), Status.OK);
      assertThat(trees.unmount(1, 2, 3).succeeded()).isTrue();
    } finally {
      lab.verb("heal", "all").ok();
    }
  }

  @Test
  @DisplayName("F9 hosts are done while a slow one, with 10 kB/s, is still at work")
  void aSlowHost(Lab lab, @TempDir Path temp) throws Exception {
    LabTrees.write(temp.resolve("tree/blob"), 1, 1);
    List<TransferProgress> heard = new ArrayList<>();
    CompletableFuture<Void> othersAreDone = new CompletableFuture<>();
    lab.verb("shape", "80kbit", "2").ok();
    try (LabTrees trees = new LabTrees(lab)) {
      CompletableFuture<Report> report =
          CompletableFuture.supplyAsync(
              () ->
                  trees.mount(
                      temp.resolve("tree"),
                      now -> {
                        synchronized (heard) {
                          heard.add(now);
                          if (done(heard).containsAll(Set.of(lab.address(1), lab.address(3)))) {
                            othersAreDone.complete(null);
                          }
                        }
                      },
                      1,
                      2,
                      3));
      othersAreDone.get(60, TimeUnit.SECONDS);
      assertThat(report).as("the slow one is at work").isNotDone();
      lab.verb("heal", "2").ok();
      rows(report.get(60, TimeUnit.SECONDS))
          .values()
          .forEach(row -> assertRow(row, Status.CHANGED, "1 files"));
      assertThat(done(heard)).as("who was done, in order").hasSize(3).endsWith(lab.address(2));
      assertThat(trees.unmount(1, 2, 3).succeeded()).isTrue();
    } finally {
      lab.verb("heal", "all").ok();
    }
  }

  /** Who has all files, in the order in which that was heard. */
  private static List<String> done(List<TransferProgress> heard) {
    return heard.stream()
        .filter(now -> now.files() == now.totalFiles())
        .map(TransferProgress::host)
        .distinct()
        .toList();
  }
}
