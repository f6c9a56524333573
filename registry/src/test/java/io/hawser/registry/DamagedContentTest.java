package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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
  void d4TruncatedBlobIsFoundByItsDigest() {
    String path = StorageEntry.blobPath(layer());
    image.write(path, "lay");
    assertThat(image.content().problems()).isEmpty();
    assertThat(image.content().verify())
        .singleElement()
        .asString()
        .startsWith(image.file(path) + " is damaged: its 3 bytes have the digest sha256:");
  }

  @Test
  void d5FlippedBlobOfTheRightSizeIsFoundByItsDigest() {
    image.write(StorageEntry.blobPath(layer()), "Layer");
    assertThat(image.content().verify()).singleElement().asString().contains("is damaged");
  }

  @Test
  void d6EmptyLinkIsNamed() {
    String path = TestImage.tagPath("shop/web", "1.0", "current");
    image.write(path, "");
    assertThat(problems()).anyMatch(p -> p.startsWith(image.file(path) + " is empty"));
  }

  @Test
  void d6LinkWithSomethingElseIsNamed() {
    String path = StorageEntry.layerPath("shop/web", layer());
    image.write(path, "sha256:" + "x".repeat(64));
    assertThat(problems())
        .anyMatch(p -> p.startsWith(image.file(path) + " does not hold one sha256 digest"));
  }

  @Test
  void d6LinkThatNamesAnotherDigestThanItsDirectoryIsNamed() {
    String path = StorageEntry.layerPath("shop/web", layer());
    image.link(path, OTHER);
    assertThat(problems()).anyMatch(p -> p.startsWith(image.file(path) + " names sha256:" + OTHER));
  }

  @Test
  void d6TagThatPointsAtAMissingRevisionIsNamed() {
    image.link(TestImage.tagPath("shop/web", "1.0", "current"), OTHER);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("tag shop/web:1.0 points at sha256:" + OTHER)
        .contains(StorageEntry.revisionPath("shop/web", OTHER) + " is missing");
  }

  @Test
  void d6RevisionWithoutBlobIsNamed() throws IOException {
    Files.delete(image.file(StorageEntry.blobPath(manifest)));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(image.file(StorageEntry.revisionPath("shop/web", manifest)) + " dangles");
  }

  @Test
  void d6LayerLinkWithoutBlobIsNamed() {
    image.link(StorageEntry.layerPath("shop/web", OTHER), OTHER);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(image.file(StorageEntry.layerPath("shop/web", OTHER)) + " dangles");
  }

  @Test
  void d6BlobWithoutLinkIsNamedWhenAManifestNeedsIt() throws IOException {
    Files.delete(image.file(StorageEntry.layerPath("shop/web", layer())));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains(manifest, "needs a link that is missing", layer());
  }

  @Test
  void d6MissingBlobIsNamedWhenAManifestNeedsIt() throws IOException {
    Files.delete(image.file(StorageEntry.blobPath(layer())));
    assertThat(problems())
        .anyMatch(
            p -> p.contains("needs a blob that is missing: " + StorageEntry.blobPath(layer())));
  }

  @Test
  void d6DirectoryWhereDataShouldBeIsNamed() throws IOException {
    Path data = image.file(StorageEntry.blobPath(layer()));
    Files.delete(data);
    Files.createDirectory(data);
    assertThat(problems()).contains(data + " is a directory, not a file");
  }

  @Test
  void d15LinkInPlaceOfABlobIsNotFollowed() throws IOException {
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
