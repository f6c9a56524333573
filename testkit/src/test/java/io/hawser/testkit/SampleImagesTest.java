package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleImagesTest {
  @TempDir Path directory;

  @Test
  void theSameNumbersGiveTheSameImagesAndAnotherSeedGivesOthers() {
    SampleImages samples = SampleImages.of(2).withLayers(2).withLayerBytes(100);
    List<SampleImage> first = samples.writeStorage(directory.resolve("a"));
    assertThat(samples.writeStorage(directory.resolve("b"))).isEqualTo(first);
    assertThat(samples.withSeed(2).writeStorage(directory.resolve("c")).get(0).digest())
        .isNotEqualTo(first.get(0).digest());
    assertThat(first)
        .extracting(SampleImage::repository)
        .containsExactly("sample/app-0", "sample/app-1", "sample/multi");
    assertThat(first.get(0).in("sealos.hub:5000")).isEqualTo("sealos.hub:5000/sample/app-0:v1");
  }

  @Test
  void allImagesShareTheirFirstLayer() {
    List<SampleImage> images = SampleImages.of(2).withLayerBytes(100).writeStorage(directory);
    assertThat(images.get(0).blobs()).containsAnyElementsOf(images.get(1).blobs());
  }

  @Test
  void aLayerIsAnArchiveThatTarReads() throws Exception {
    Path archive = directory.resolve("layer.tar.gz");
    Files.write(archive, SampleLayer.of("base", 700, 1).bytes());
    Tools.Answer answer = Tools.run("tar", "-tzvf", archive.toString());
    assertThat(answer.code()).isZero();
    assertThat(answer.output()).contains("700").contains("sample/base");
  }

  @Test
  void aRootfsHasScriptsLabelsAndAKubefile() throws IOException {
    ImageMount mount = SampleImages.of(0).withLayerBytes(10).writeRootfs(directory);
    assertThat(mount.type()).isEqualTo(ImageType.ROOTFS);
    assertThat(mount.labels()).containsEntry("io.hawser.honours-root", "true");
    for (String label : List.of("check", "init", "clean", "init-registry", "clean-registry")) {
      String script = mount.script(label).orElseThrow().replaceFirst(" .*", "");
      assertThat(directory.resolve("scripts").resolve(script)).isExecutable();
    }
    assertThat(directory.resolve("Kubefile"))
        .content()
        .contains("LABEL init-registry=\"init-registry.sh \\$registryData \\$registryConfig\"\n")
        .contains("ENV registryPort=\"5000\"\n");
    assertThat(directory.resolve("registry/docker/registry/v2/blobs")).isDirectory();
  }

  @Test
  void numbersThatMakeNoImageAreRefused() {
    assertThatThrownBy(() -> SampleImages.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleImages.of(1).withLayers(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
