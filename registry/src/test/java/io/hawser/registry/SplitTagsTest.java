package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trees of one image for several architectures bring to the registries. */
class SplitTagsTest {
  @TempDir Path directory;

  private RegistryContent content() {
    Path amd = directory.resolve("amd64");
    Path arm = directory.resolve("arm64");
    ImageMount mount =
        new ImageMount(
            "rootfs",
            ImageType.ROOTFS,
            "rootfs:v1",
            amd,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            Map.of("amd64", amd, "arm64", arm));
    return RegistryContent.of(
        Cluster.named("c")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
            .mount(mount)
            .build());
  }

  @Test
  void replicasHoldWhatAllTreesHold() {
    new TestImage(directory.resolve("amd64")).push("both", "1", "layer");
    new TestImage(directory.resolve("arm64")).push("both", "1", "layer");
    new TestImage(directory.resolve("arm64")).push("arm", "1", "other");
    assertThat(content().repositories()).containsExactly("arm", "both");
    assertThat(content().verify()).isEmpty();
  }

  @Test
  void aTagThatIsAnotherImageOnEachArchitectureIsAProblem() {
    new TestImage(directory.resolve("amd64")).push("pause", "3.9", "for amd64");
    new TestImage(directory.resolve("arm64")).push("pause", "3.9", "for arm64");
    assertThat(content().problems())
        .singleElement()
        .asString()
        .contains("tag pause:3.9 of image rootfs", "amd64", "arm64", "skopeo copy --all");
    assertThat(content().only(List.of("pause:3.9")).problems()).hasSize(1);
  }
}
