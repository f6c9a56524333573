package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.host.HostAccess;
import io.hawser.registry.AuditFinding.Kind;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users pushed to replicas is listed, compared and kept. */
class ForeignTagsTest {
  @TempDir Path directory;
  private ThreeReplicas replicas;

  @BeforeEach
  void threeReplicasAreFilled() throws IOException {
    replicas = new ThreeReplicas(directory.resolve("hosts"));
    replicas.fill(replicas.cluster.hosts());
  }

  /** Puts an image on one replica as a push would, and gives the digest of its manifest. */
  private String push(int host, String repository, String tag, String layer) throws IOException {
    TestImage theirs = new TestImage(directory.resolve("pushed-" + host + layer));
    String digest = theirs.push(repository, tag, layer);
    for (var file : theirs.content().tree().files()) {
      Path from = theirs.file(file.path());
      if (Files.isRegularFile(from)) {
        replicas.write(host, file.path(), Files.readString(from));
      }
    }
    return digest;
  }

  private List<HostResult> tagRows() {
    return replicas.audit().report().results().stream()
        .filter(row -> row.step().equals("tags"))
        .toList();
  }

  @Test
  @DisplayName("D7 S14 a tag that was pushed to one replica only is a split that is told")
  void aTagOfOneReplicaIsTold() throws IOException {
    String digest = push(1, "mine", "1", "layer of mine");
    RegistryAudit audit = replicas.audit();
    assertThat(audit.findings("10.0.0.1"))
        .filteredOn(AuditFinding::isCurrent)
        .extracting(AuditFinding::kind, AuditFinding::repository, AuditFinding::tag)
        .containsExactly(tuple(Kind.FOREIGN, "mine", "1"), tuple(Kind.FOREIGN_SPLIT, "mine", "1"));
    assertThat(audit.findings("10.0.0.2"))
        .extracting(AuditFinding::kind, AuditFinding::found)
        .containsExactly(tuple(Kind.FOREIGN_SPLIT, ""));
    assertThat(tagRows())
        .hasSize(3)
        .allMatch(row -> row.status() == Status.WARNING)
        .allMatch(
            row ->
                row.details()
                    .equals(
                        List.of(
                            "split: tag mine:1 is not there on 10.0.0.2, 10.0.0.3; sha256:"
                                + digest
                                + " on 10.0.0.1")));
    assertThat(audit.isClean()).isTrue();
  }

  @Test
  @DisplayName("D7 a tag of users that replicas disagree on is a failure with digests and hosts")
  void aTagThatReplicasDisagreeOnIsAFailure() throws IOException {
    String one = push(1, "mine", "1", "layer of mine");
    String two = push(2, "mine", "1", "another layer");
    List<HostResult> rows = tagRows();
    assertThat(rows)
        .extracting(HostResult::status)
        .containsExactly(Status.FAILED, Status.FAILED, Status.WARNING);
    assertThat(rows.get(0).details().get(0))
        .contains("sha256:" + one + " on 10.0.0.1", "sha256:" + two + " on 10.0.0.2")
        .contains("not there on 10.0.0.3");
    assertThat(replicas.audit().isClean()).isFalse();
  }

  @Test
  void aTagThatIsTheSameEverywhereIsNoSplit() throws IOException {
    for (int host = 1; host <= 3; host++) {
      push(host, "mine", "1", "layer of mine");
    }
    assertThat(tagRows())
        .extracting(HostResult::message)
        .containsOnly("1 tags that are not of the images are the same on all 3 replicas");
    assertThat(replicas.audit().findings()).noneMatch(it -> it.kind() == Kind.FOREIGN_SPLIT);
  }

  @Test
  @DisplayName("S14 D21 what was pushed survives repair, distribution and reset")
  void whatWasPushedIsKept() throws IOException {
    String digest = push(1, "shop/web", "mine", "layer of mine");
    var pushed = replicas.snapshot(1);
    Files.delete(replicas.on(1, StorageEntry.blobPath(replicas.web)));
    assertThat(replicas.repair().succeeded()).isTrue();
    assertThat(replicas.snapshot(1)).isEqualTo(pushed);
    replicas.fill(replicas.cluster.hosts());
    assertThat(replicas.snapshot(1)).isEqualTo(pushed);
    HostAccess access =
        HostAccess.to(replicas.shell, replicas.cluster, replicas.cluster.host("10.0.0.1"));
    access.undo(entry -> true);
    var left = replicas.snapshot(1);
    assertThat(left)
        .containsKeys(
            StorageEntry.tagPath("shop/web", "mine"),
            StorageEntry.revisionPath("shop/web", digest),
            StorageEntry.blobPath(digest))
        .doesNotContainKey(StorageEntry.tagPath("shop/web", "1.0"));
  }

  @Test
  @DisplayName("S14 what was pushed and is damaged is named, and kept")
  void whatWasPushedAndIsDamagedIsNamed() throws IOException {
    String digest = push(1, "mine", "1", "layer of mine");
    replicas.write(1, StorageEntry.blobPath(digest), "rotten");
    replicas.write(1, StorageEntry.revisionPath("mine", digest), "");
    HostResult row = replicas.audit().report().results("10.0.0.1").get(0);
    assertThat(row.status()).isEqualTo(Status.WARNING);
    assertThat(row.message())
        .isEqualTo("all 17 files are right; 8 foreign files are kept, 2 of them damaged");
    assertThat(row.details())
        .contains(
            "foreign, kept: tag mine:1 points at sha256:" + digest,
            "foreign and damaged, kept: " + StorageEntry.blobPath(digest) + ", 6 bytes",
            "foreign and damaged, kept: "
                + StorageEntry.revisionPath("mine", digest)
                + ", 0 bytes");
    replicas.repair();
    assertThat(replicas.on(1, StorageEntry.blobPath(digest))).hasContent("rotten");
  }

  @Test
  void anAuditCanBeSerialised() throws Exception {
    push(1, "mine", "1", "layer of mine");
    Files.delete(replicas.on(2, StorageEntry.blobPath(replicas.web)));
    RegistryAudit audit = replicas.audit();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(audit);
    RegistryAudit copy =
        (RegistryAudit)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy.findings()).isEqualTo(audit.findings()).isNotEmpty();
    assertThat(copy.report().toJson()).isEqualTo(audit.report().toJson());
  }
}
