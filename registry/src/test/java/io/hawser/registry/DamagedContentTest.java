package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedContentTest {
  private static final String OTHER = "f".repeat(64);

  @TempDir Path directory;
  private TestImage image;
  private String manifest;

  @BeforeEach
  void pushOneImage() {
    image = new TestImage(directory);
    manifest = image.push("shop/web", "1.0", "layer");
  }

  private String layer() {
    return image.blob("layer");
  }

  private List<String> problems() {
    RegistryContent content = image.content();
    // What shows without reading layers must not be lost when they are read.
    assertThat(content.verify()).containsAll(content.problems());
    return content.problems();
  }

  @Test
  @DisplayName("D4 truncated blob is found by its digest")
  void truncatedBlobIsFoundByItsDigest() {
    String path = StorageEntry.blobPath(layer());
    image.write(path, "lay");
    assertThat(image.content().problems()).isEmpty();
    assertThat(image.content().verify())
        .singleElement()
        .asString()
        .startsWith(image.file(path) + " is damaged: its 3 bytes have the digest sha256:");
  }

  @Test
  @DisplayName("D5 flipped blob of the right size is found by its digest")
  void flippedBlobOfTheRightSizeIsFoundByItsDigest() {
    image.write(StorageEntry.blobPath(layer()), "Layer");
    assertThat(image.content().verify()).singleElement().asString().contains("is damaged");
  }

  @Test
  @DisplayName("D6 empty link is named")
  void emptyLinkIsNamed() {
    String path = TestImage.tagPath("shop/web", "1.0", "current");
    image.write(path, "");
    assertThat(problems()).anyMatch(p -> p.startsWith(image.file(path) + " is empty"));
  }

  @Test
  @DisplayName("D6 link with something else is named")
  void linkWithSomethingElseIsNamed() {
    String path = StorageEntry.layerPath("shop/web", layer());
    image.write(path, "sha256:" + "x".repeat(64));
    assertThat(problems())
        .anyMatch(p -> p.startsWith(image.file(path) + " does not hold one sha256 digest"));
  }

  @Test
  @DisplayName("D6 link that names another digest than its directory is named")
  void linkThatNamesAnotherDigestThanItsDirectoryIsNamed() {
    String path = StorageEntry.layerPath("shop/web", layer());
    image.link(path, OTHER);
    assertThat(problems()).anyMatch(p -> p.startsWith(image.file(path) + " names sha256:" + OTHER));
  }

  @Test
  @DisplayName("D6 tag that points at a missing revision is named")
  void tagThatPointsAtAMissingRevisionIsNamed() {
    image.link(TestImage.tagPath("shop/web", "1.0", "current"), OTHER);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("tag shop/web:1.0 points at sha256:" + OTHER)
        .contains(StorageEntry.revisionPath("shop/web", OTHER) + " is missing");
  }

  @Test
  @DisplayName("D6 revision without blob is named")
  void revisionWithoutBlobIsNamed() throws IOException {
    Files.delete(image.file(StorageEntry.blobPath(manifest)));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(image.file(StorageEntry.revisionPath("shop/web", manifest)) + " dangles");
  }

  @Test
  @DisplayName("D6 layer link without blob is named")
  void layerLinkWithoutBlobIsNamed() {
    image.link(StorageEntry.layerPath("shop/web", OTHER), OTHER);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(image.file(StorageEntry.layerPath("shop/web", OTHER)) + " dangles");
  }

  @Test
  @DisplayName("D6 blob without link is named when a manifest needs it")
  void blobWithoutLinkIsNamedWhenAManifestNeedsIt() throws IOException {
    Files.delete(image.file(StorageEntry.layerPath("shop/web", layer())));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains(manifest, "needs a link that is missing", layer());
  }

  @Test
  @DisplayName("D6 missing blob is named when a manifest needs it")
  void missingBlobIsNamedWhenAManifestNeedsIt() throws IOException {
    Files.delete(image.file(StorageEntry.blobPath(layer())));
    assertThat(problems())
        .anyMatch(
            p -> p.contains("needs a blob that is missing: " + StorageEntry.blobPath(layer())));
  }

  @Test
  @DisplayName("D6 directory where data should be is named")
  void directoryWhereDataShouldBeIsNamed() throws IOException {
    Path data = image.file(StorageEntry.blobPath(layer()));
    Files.delete(data);
    Files.createDirectory(data);
    assertThat(problems()).contains(data + " is a directory, not a file");
  }

  @Test
  @DisplayName("D15 link in place of a blob is not followed")
  void linkInPlaceOfABlobIsNotFollowed() throws IOException {
    Path data = image.file(StorageEntry.blobPath(layer()));
    Files.move(data, directory.resolve("elsewhere"));
    Files.createSymbolicLink(data, directory.resolve("elsewhere"));
    assertThat(problems()).contains(data + " is a symbolic link, not a file");
  }

  @Test
  void emptyManifestIsNamed() {
    image.write(StorageEntry.blobPath(manifest), "");
    assertThat(problems()).singleElement().asString().contains("0 bytes long");
  }

  @Test
  void manifestThatIsNoJsonIsNamed() {
    String digest = image.manifest("shop/web", "2.0", "<html>");
    assertThat(problems()).singleElement().asString().contains(digest, "is no manifest");
  }

  @Test
  void layersThatLieElsewhereByDesignNeedNotBeThere() {
    image.manifest(
        "win",
        "1",
        "{\"layers\":[{\"urls\":[\"https://example.com\"],\"digest\":\"sha256:" + OTHER + "\"}]}");
    assertThat(problems()).isEmpty();
  }

  @Test
  void unreadableSourceIsAnExceptionThatNamesIt() {
    image.write("a name with\na line break", "");
    assertThatThrownBy(image::content)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(image.storage().toString());
  }
}
