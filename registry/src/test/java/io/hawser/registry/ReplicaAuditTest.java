package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.Listing;
import io.hawser.host.TreeFile;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaAuditTest {
  @TempDir Path directory;
  private TestImage image;
  private String manifest;
  private RegistryContent content;
  private final Map<String, Listing.Entry> onHost = new LinkedHashMap<>();

  @BeforeEach
  void replicaHoldsEverything() {
    image = new TestImage(directory);
    manifest = image.push("web", "1.0", "layer");
    content = image.content();
    for (TreeFile file : content.tree().files()) {
      boolean isFile = file.type() == TreeFile.Type.FILE;
      onHost.put(
          file.path(),
          new Listing.Entry(
              file.type(), file.mode(), file.size(), isFile ? file.sha256() : "", ""));
    }
  }

  private AuditedReplica found() {
    return ReplicaAudit.of("10.0.0.1", content, new Listing(onHost));
  }

  private HostResult audit() {
    return found().row();
  }

  private static Listing.Entry file(long size, String sha256) {
    return new Listing.Entry(TreeFile.Type.FILE, 0644, size, sha256, "");
  }

  @Test
  void replicaWithEverythingPasses() {
    assertThat(audit().status()).isEqualTo(Status.OK);
    assertThat(audit().message()).isEqualTo("all 8 files are right");
  }

  @Test
  @DisplayName("D5 damaged blob is named")
  void damagedBlobIsNamed() {
    String path = StorageEntry.blobPath(image.blob("layer"));
    onHost.put(path, file(5, "0".repeat(64)));
    assertThat(audit().status()).isEqualTo(Status.FAILED);
    assertThat(audit().message())
        .isEqualTo("of 8 files 0 are missing, 1 damaged, and 0 tags point elsewhere");
    assertThat(audit().details()).containsExactly("damaged: " + path + ", 5 bytes");
    assertThat(audit().hint())
        .isEqualTo("repair, or distribute again: exactly these files are sent and replaced");
  }

  @Test
  @DisplayName("D6 missing link and directory in place of data are named")
  void missingLinkAndDirectoryInPlaceOfDataAreNamed() {
    String blob = StorageEntry.blobPath(image.blob("layer"));
    String link = StorageEntry.layerPath("web", image.blob("layer"));
    onHost.put(blob, new Listing.Entry(TreeFile.Type.DIRECTORY, 0755, 0, "", ""));
    onHost.remove(link);
    assertThat(audit().details())
        .containsExactly("damaged: " + blob + " is no file", "missing: " + link);
  }

  @Test
  @DisplayName("D6 empty tag is damaged and not split")
  void emptyTagIsDamagedAndNotSplit() {
    onHost.put(TestImage.tagPath("web", "1.0", "current"), file(0, "e".repeat(64)));
    assertThat(audit().details()).singleElement().asString().startsWith("damaged: ");
  }

  @Test
  @DisplayName("D7 tag that points elsewhere is split")
  void tagThatPointsElsewhereIsSplit() {
    onHost.put(TestImage.tagPath("web", "1.0", "current"), file(71, "0".repeat(64)));
    assertThat(audit().status()).isEqualTo(Status.FAILED);
    assertThat(audit().details())
        .containsExactly(
            "split: tag web:1.0 points at nothing that is known, in the images at sha256:"
                + manifest);
  }

  @Test
  void foreignFilesAreListedAndNoFailure() {
    onHost.put("docker/registry/v2/blobs/sha256/00/x/data", file(1, "0".repeat(64)));
    onHost.put("docker/registry/v2/repositories/web/_uploads/1/data", file(1, "0".repeat(64)));
    onHost.put("empty", new Listing.Entry(TreeFile.Type.DIRECTORY, 0755, 0, "", ""));
    assertThat(audit().status()).isEqualTo(Status.OK);
    assertThat(audit().message()).isEqualTo("all 8 files are right; 1 foreign files are kept");
    assertThat(audit().details())
        .containsExactly("foreign, kept: docker/registry/v2/blobs/sha256/00/x/data");
  }

  @Test
  void emptyReplicaDoesNotFillTheReport() {
    for (int i = 0; i < 30; i++) {
      image.push("many/r" + i, "1", "layer " + i);
    }
    content = image.content();
    onHost.clear();
    assertThat(audit().details()).hasSize(21).last().asString().startsWith("... and ");
  }
}
