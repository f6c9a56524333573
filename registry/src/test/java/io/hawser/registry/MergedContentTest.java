package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several images that bring artifacts of the same names. */
class MergedContentTest {
  @TempDir Path directory;
  private TestImage one;
  private TestImage two;

  @BeforeEach
  void twoImages() {
    one = new TestImage(directory.resolve("one"));
    two = new TestImage(directory.resolve("two"));
  }

  private static RegistryContent merged(TestImage... images) {
    return RegistryContent.read(List.of(images).stream().map(TestImage::storage).toList());
  }

  private static List<String> paths(RegistryContent content) {
    return content.tree().files().stream().map(file -> file.path()).toList();
  }

  private static String target(RegistryContent content, String repository, String tag) {
    String path = StorageEntry.tagPath(repository, tag);
    return content.tree().files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow()
        .sha256();
  }

  @Test
  void aRepositoryHasTheTagsOfAll() {
    String first = one.push("shop/web", "1.0", "base", "one");
    String second = two.push("shop/web", "2.0", "base", "two");
    RegistryContent content = merged(one, two);
    assertThat(content.verify()).isEmpty();
    assertThat(content.tags("shop/web")).containsExactly("1.0", "2.0");
    assertThat(target(content, "shop/web", "1.0")).isEqualTo(LinkTargets.fileOf(first));
    assertThat(target(content, "shop/web", "2.0")).isEqualTo(LinkTargets.fileOf(second));
    assertThat(paths(content)).hasSameElementsAs(paths(merged(two, one)));
  }

  @Test
  void aTagThatBothHavePointsWhereTheLaterSaysAndTheOtherCanBeHadByItsDigest() {
    String first = one.push("shop/web", "1.0", "base", "one");
    String second = two.push("shop/web", "1.0", "base", "two");
    for (List<TestImage> order : List.of(List.of(one, two), List.of(two, one))) {
      RegistryContent content = merged(order.toArray(TestImage[]::new));
      String later = order.get(1) == two ? second : first;
      assertThat(content.verify()).isEmpty();
      assertThat(content.tags("shop/web")).containsExactly("1.0");
      assertThat(target(content, "shop/web", "1.0")).isEqualTo(LinkTargets.fileOf(later));
      assertThat(paths(content))
          .contains(
              StorageEntry.revisionPath("shop/web", first),
              StorageEntry.revisionPath("shop/web", second),
              StorageEntry.blobPath(one.blob("one")),
              StorageEntry.blobPath(two.blob("two")),
              StorageEntry.tagIndexPath("shop/web", "1.0", first),
              StorageEntry.tagIndexPath("shop/web", "1.0", second));
    }
  }

  @Test
  void aDamagedBlobCountsWhenItIsTheOneThatWouldBeSent() {
    one.push("shop/web", "1.0", "layer");
    two.push("shop/web", "1.0", "layer");
    String blob = StorageEntry.blobPath(one.blob("layer"));
    two.write(blob, "Layer");
    assertThat(merged(one, two).verify())
        .singleElement()
        .asString()
        .startsWith(two.file(blob) + " is damaged");
    // The whole one is laid over it, and that is what would be sent.
    assertThat(merged(two, one).verify()).isEmpty();
  }
}
