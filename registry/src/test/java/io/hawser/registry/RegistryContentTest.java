package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryContentTest {
  @TempDir Path directory;

  private TestImage image() {
    return new TestImage(directory.resolve("rootfs"));
  }

  @Test
  void imagesWithoutArtifactsAreEmptyAndFine() {
    RegistryContent content = image().content();
    assertThat(content.isEmpty()).isTrue();
    assertThat(content.verify()).isEmpty();
    assertThat(content.known()).isEmpty();
    assertThat(content.bytes()).isZero();
  }

  @Test
  void aWholeStorageHasNoProblems() {
    TestImage image = image();
    image.push("library/alpine", "3.20", "layer one", "layer two");
    image.push("pause", "3.9", "layer one");
    RegistryContent content = image.content();
    assertThat(content.verify()).isEmpty();
    assertThat(content.repositories()).containsExactly("library/alpine", "pause");
    assertThat(content.tags("library/alpine")).containsExactly("3.20");
    assertThat(content.tags("nothing")).isEmpty();
    assertThat(content.toString()).startsWith("2 repositories, 17 files, ");
  }

  @Test
  void laterImagesAreLaidOverEarlierOnes() {
    TestImage rootfs = image();
    rootfs.push("pause", "3.9", "old");
    rootfs.push("etcd", "3.5", "etcd");
    TestImage patch = new TestImage(directory.resolve("patch"));
    String patched = patch.push("pause", "3.9", "new");
    TestImage application = new TestImage(directory.resolve("app"));
    application.push("shop", "1", "shop");
    Cluster cluster =
        Cluster.named("c")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
            .mount(rootfs.mount("rootfs", ImageType.ROOTFS))
            .mount(patch.mount("patch", ImageType.PATCH))
            .mount(application.mount("app", ImageType.APPLICATION))
            .build();
    RegistryContent content = RegistryContent.of(cluster);
    assertThat(content.repositories()).containsExactly("etcd", "pause", "shop");
    assertThat(content.verify()).isEmpty();
    assertThat(content.tree().files())
        .filteredOn(file -> file.path().equals(TestImage.tagPath("pause", "3.9", "current")))
        .singleElement()
        .satisfies(file -> assertThat(file.open()).hasContent("sha256:" + patched));
  }

  @Test
  void nothingIsShownBeforeItCanBeServed() {
    TestImage image = image();
    image.push("a/b", "1", "layer");
    List<TreeFile> files = image.content().tree().files();
    assertThat(files)
        .filteredOn(file -> file.type() == TreeFile.Type.FILE)
        .extracting(file -> StorageEntry.of(file.path()).kind() + " " + file.rank())
        .containsOnly("BLOB 0", "LAYER 1", "REVISION 2", "TAG_INDEX 3", "TAG 3");
    assertThat(files)
        .filteredOn(file -> file.path().matches(".*/tags(/1)?"))
        .hasSize(2)
        .allMatch(directory -> directory.rank() == 3);
    // A parent never comes after what is in it.
    for (TreeFile file : files) {
      files.stream()
          .filter(other -> file.path().startsWith(other.path() + "/"))
          .max(Comparator.comparing(TreeFile::rank))
          .ifPresent(parent -> assertThat(parent.rank()).isLessThanOrEqualTo(file.rank()));
    }
  }

  @Test
  void modesOnHostsDoNotDependOnWhoUnpackedTheImage() throws IOException {
    TestImage image = image();
    String digest = image.blob("x");
    Files.setPosixFilePermissions(
        image.file(StorageEntry.blobPath(digest)), PosixFilePermissions.fromString("rwx------"));
    assertThat(image.content().tree().files()).extracting(TreeFile::mode).containsOnly(0644, 0755);
  }

  @Test
  void digestsOfBlobsComeFromTheirNames() {
    TestImage image = image();
    String digest = image.blob("x");
    image.write(StorageEntry.blobPath(digest), "y");
    assertThat(image.content().tree().files())
        .filteredOn(file -> file.path().endsWith("data"))
        .singleElement()
        .satisfies(blob -> assertThat(blob.sha256()).isEqualTo(digest));
  }

  @Test
  @DisplayName("D10 scratch of a registry at work is left out")
  void scratchOfARegistryAtWorkIsLeftOut() {
    TestImage image = image();
    image.push("a", "1", "layer");
    image.write("docker/registry/v2/repositories/a/_uploads/123/data", "half");
    image.write("docker/registry/v2/repositories/a/_uploads/123/startedat", "now");
    image.write("scheduler-state.json", "{}");
    RegistryContent content = image.content();
    assertThat(content.tree().files())
        .noneMatch(file -> file.path().contains("_uploads") || file.path().contains("scheduler"));
    assertThat(content.verify()).isEmpty();
  }

  @Test
  void theSmallestBlobOfAManifestProvesReadiness() {
    TestImage image = image();
    image.manifest("a", "all", "{\"manifests\":[{\"digest\":\"sha256:" + "0".repeat(64) + "\"}]}");
    String manifest = image.push("b", "1", "s", "a much longer layer".repeat(20));
    RegistryContent content = image.content();
    assertThat(content.verify()).isEmpty();
    assertThat(content.known()).contains(new KnownArtifact("b", manifest, image.blob("s")));
  }
}
