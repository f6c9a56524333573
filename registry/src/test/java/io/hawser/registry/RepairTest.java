package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.registry.AuditFinding.Kind;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage on three replicas is named and repaired, item by item. */
class RepairTest {
  @TempDir Path directory;
  private ThreeReplicas replicas;
  private TestImage image;

  @BeforeEach
  void threeReplicasAreFilled() throws IOException {
    replicas = new ThreeReplicas(directory);
    image = replicas.image;
    replicas.fill(replicas.cluster.hosts());
  }

  /** What a kind of damage does to a file of a replica, and what the audit calls it. */
  private record Damage(Kind kind, String path, Doing doing) {
    interface Doing {
      void to(Path file) throws IOException;
    }
  }

  /** The seven kinds of links, tags and blobs that do not fit each other. */
  private List<Damage> sevenKinds() {
    String two = image.blob("layer two");
    return List.of(
        new Damage(
            Kind.EMPTY,
            StorageEntry.layerPath("shop/web", image.blob("layer one")),
            emptied -> Files.writeString(emptied, "")),
        new Damage(
            Kind.DAMAGED,
            StorageEntry.revisionPath("shop/web", replicas.web),
            wrong -> Files.writeString(wrong, "sha256:" + replicas.pause)),
        new Damage(
            Kind.SPLIT,
            StorageEntry.tagPath("shop/web", "1.0"),
            dangling -> Files.writeString(dangling, "sha256:" + "0".repeat(64))),
        new Damage(Kind.MISSING, StorageEntry.revisionPath("pause", replicas.pause), Files::delete),
        new Damage(Kind.MISSING, StorageEntry.blobPath(replicas.web), Files::delete),
        new Damage(Kind.MISSING, StorageEntry.layerPath("shop/web", two), Files::delete),
        new Damage(
            Kind.NOT_A_FILE,
            StorageEntry.blobPath(two),
            data -> {
              Files.delete(data);
              Files.createDirectory(data);
              Files.writeString(data.resolve("within"), "");
            }));
  }

  @Test
  @DisplayName("D6 seven kinds of damage on each of three replicas: each is named and repaired")
  void sevenKindsOnThreeReplicas() throws IOException {
    Map<String, String> whole = replicas.snapshot(1);
    List<Damage> kinds = sevenKinds();
    for (int i = 0; i < kinds.size(); i++) {
      List<String> expected = new ArrayList<>();
      for (int host = 1; host <= 3; host++) {
        Damage damage = kinds.get((i + host) % kinds.size());
        damage.doing().to(replicas.on(host, damage.path()));
        expected.add("10.0.0." + host + " " + damage.kind() + " " + damage.path());
      }
      assertThat(words(replicas.audit().repairable())).containsExactlyElementsOf(expected);
      Report report = replicas.repair();
      assertThat(report.results())
          .as(report::toTable)
          .hasSize(3)
          .allMatch(row -> row.status() == Status.CHANGED && row.step().equals("repair"))
          .allMatch(row -> row.message().matches("repaired: 1 (damaged|missing|split)"));
      assertThat(replicas.audit().isClean()).isTrue();
      for (int host = 1; host <= 3; host++) {
        assertThat(replicas.snapshot(host)).isEqualTo(whole);
      }
    }
  }

  private static List<String> words(List<AuditFinding> findings) {
    return findings.stream().map(it -> it.host() + " " + it.kind() + " " + it.path()).toList();
  }

  @Test
  @DisplayName("D4 D5 of a thousand blobs the flipped and the truncated one are replaced, no other")
  void exactlyTheDamagedOnesAreReplaced() throws IOException {
    image.push("many", "1", IntStream.range(0, 1000).mapToObj(i -> "l" + i).toArray(String[]::new));
    List<Host> second = List.of(replicas.cluster.host("10.0.0.2"));
    replicas.fill(second);
    Map<String, String> whole = replicas.snapshot(2);
    String flipped = StorageEntry.blobPath(image.blob("l500"));
    String truncated = StorageEntry.blobPath(image.blob("l777"));
    byte[] bytes = Files.readAllBytes(replicas.on(2, flipped));
    bytes[1] ^= 1;
    Files.write(replicas.on(2, flipped), bytes);
    Files.writeString(replicas.on(2, truncated), "l7");
    Map<Path, Object> before = replicas.inodes(2);
    Report report = replicas.registries().repair(replicas.shell, second);
    assertThat(report.results().get(0).message()).isEqualTo("repaired: 2 damaged");
    assertThat(report.results().get(0).details())
        .containsExactly(
            "damaged: " + flipped + ", 4 bytes", "truncated: " + truncated + ", 2 of 4 bytes");
    Map<Path, Object> after = replicas.inodes(2);
    before.keySet().removeAll(List.of(replicas.on(2, flipped), replicas.on(2, truncated)));
    assertThat(after).containsAllEntriesOf(before).hasSize(before.size() + 2);
    assertThat(replicas.snapshot(2)).isEqualTo(whole);
  }

  @Test
  @DisplayName("D6 a repository that was removed comes back, under the lock of the caller")
  void aRepositoryThatWasRemovedComesBack() throws IOException {
    Map<String, String> whole = replicas.snapshot(3);
    MoreFiles.deleteRecursively(
        replicas.on(3, StorageEntry.BASE + "/repositories/shop"),
        RecursiveDeleteOption.ALLOW_INSECURE);
    RegistryAudit audit = replicas.audit();
    assertThat(audit.findings("10.0.0.3"))
        .hasSize(6)
        .allMatch(it -> it.kind() == Kind.MISSING && it.repository().equals("shop/web"));
    assertThat(audit.findings()).hasSize(6);
    try (ClusterLock lock = ClusterLock.take(replicas.shell, replicas.cluster, third())) {
      assertThat(replicas.registries().repair(lock::access, third()).results())
          .extracting(HostResult::message)
          .containsExactly("repaired: 6 missing");
    }
    assertThat(replicas.snapshot(3)).isEqualTo(whole);
  }

  private List<Host> third() {
    return List.of(replicas.cluster.host("10.0.0.3"));
  }

  @Test
  @DisplayName("D8 nothing is repaired from a source that is damaged itself")
  void nothingIsRepairedFromADamagedSource() throws IOException {
    String path = StorageEntry.blobPath(image.blob("layer two"));
    Files.delete(replicas.on(1, path));
    image.write(path, "Layer two");
    assertThat(replicas.repair().results())
        .hasSize(3)
        .allMatch(row -> row.status() == Status.FAILED && row.step().equals("repair"))
        .allMatch(row -> row.message().startsWith("nothing was sent: the images hold damaged"))
        .allMatch(row -> row.details().get(0).startsWith(image.file(path) + " is damaged"));
    assertThat(replicas.on(1, path)).doesNotExist();
    assertThat(replicas.on(2, path)).hasContent("layer two");
  }

  @Test
  @DisplayName("D10 uploads of a registry at work are neither named nor touched")
  void uploadsAreNeitherNamedNorTouched() throws IOException {
    String upload = StorageEntry.BASE + "/repositories/shop/web/_uploads/1/data";
    replicas.write(2, upload, "half");
    assertThat(replicas.audit().findings()).isEmpty();
    Files.delete(replicas.on(2, StorageEntry.blobPath(replicas.web)));
    assertThat(replicas.repair().succeeded()).isTrue();
    assertThat(replicas.on(2, upload)).hasContent("half");
  }

  @Test
  void aReplicaThatCannotBeFilledIsNamedAndTheOthersAreRepaired() throws IOException {
    Files.delete(replicas.on(1, StorageEntry.blobPath(replicas.web)));
    Path data = replicas.on(2, "");
    Files.move(data, data.resolveSibling("elsewhere"));
    Files.writeString(data, "in the way");
    Report report = replicas.repair();
    assertThat(report.results())
        .as(report::toTable)
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.FAILED, Status.OK);
  }

  @Test
  void whatWasRepairedStandsInTheReport() throws IOException {
    String blob = StorageEntry.blobPath(image.blob("layer two"));
    String link = StorageEntry.layerPath("pause", image.blob("layer one"));
    replicas.write(1, blob, "");
    replicas.write(1, StorageEntry.tagPath("pause", "3.9"), "sha256:" + replicas.web);
    Files.delete(replicas.on(1, link));
    HostResult row = replicas.repair().results("10.0.0.1").get(0);
    assertThat(row.message()).isEqualTo("repaired: 1 damaged, 1 missing, 1 split");
    assertThat(row.details())
        .containsExactly(
            "split: tag pause:3.9 points at sha256:"
                + replicas.web
                + ", in the images at sha256:"
                + replicas.pause,
            "damaged: " + blob + " is empty",
            "missing: " + link);
    assertThat(replicas.repair().results())
        .allMatch(again -> again.message().equals("nothing to repair: all 17 files are right"));
  }

  @Test
  @DisplayName("D5 F11 undo after repairs leaves nothing: what damaged our files is nobody's work")
  void undoAfterRepairsLeavesNothing() throws IOException {
    String blob = StorageEntry.blobPath(image.blob("layer two"));
    for (int i = 0; i < 2; i++) {
      replicas.write(1, blob, "rotten " + i);
      replicas.write(1, StorageEntry.blobPath(replicas.web), "");
      replicas.write(1, StorageEntry.layerPath("pause", image.blob("layer one")), "sha256:0");
      assertThat(replicas.repair().succeeded()).isTrue();
    }
    replicas.write(1, blob, "rotten at last");
    HostAccess access =
        HostAccess.to(replicas.shell, replicas.cluster, replicas.cluster.host("10.0.0.1"));
    assertThat(access.undo(entry -> true))
        .extracting(ChangeResult::outcome)
        .containsOnly(HostChange.Outcome.CHANGED);
    assertThat(replicas.on(1, "")).doesNotExist();
    assertThat(access.journal()).isEmpty();
  }
}
