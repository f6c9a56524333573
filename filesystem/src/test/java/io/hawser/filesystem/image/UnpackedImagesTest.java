package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.Clusterfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedImagesTest {
  private static final String CLUSTERFILE =
      """
      kind: Cluster
      metadata: {name: c}
      spec:
        image: [base]
        hosts:
          - {ips: [10.0.0.1], roles: [master, amd64]}
          - {ips: [10.0.0.2], roles: [node, arm64]}
      """;

  @TempDir Path directory;
  private Path store;
  private UnpackedImages images;

  @BeforeEach
  void makeStore() {
    store = directory.resolve("store");
    images = UnpackedImages.in(store);
  }

  private static TarMaker scripts() {
    return new TarMaker().directory("scripts").file("scripts/init.sh", 0755, "#!/bin/sh\n");
  }

  private Path layout(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  private Path unpacked(TarMaker... layers) throws IOException {
    return images
        .directory(ImageMaker.of("amd64", layers).layout(layout("layout")))
        .resolve("rootfs");
  }

  private List<String> stored() throws IOException {
    try (Stream<Path> children = Files.list(store)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void labelsEnvironmentAndCommandComeFromTheImage() throws IOException {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    List<String> given = images.directories(List.of("base=" + archive));
    Cluster cluster = Clusterfiles.reader().images(given).parse(CLUSTERFILE, "c");
    ImageMount mount = cluster.mounts().get(0);
    assertThat(mount.name()).isEqualTo("base");
    assertThat(mount.type()).isEqualTo(ImageType.ROOTFS);
    assertThat(mount.env())
        .containsExactly(Map.entry("criData", "/data"), Map.entry("registryPort", "5000"));
    assertThat(mount.labels()).containsEntry("version", "v1.28.0");
    assertThat(mount.script("init")).contains("init.sh $registryPort");
    assertThat(mount.entrypoint()).containsExactly("/bin/sh");
    assertThat(mount.cmd()).containsExactly("-c", "true");
    assertThat(mount.architectures()).isEmpty();
    assertThat(TreeText.of(mount.mountPoint())).containsOnlyKeys("scripts", "scripts/init.sh");
  }

  @Test
  void laterLayersReplaceAddAndTakeAway() throws IOException {
    TarMaker lower =
        new TarMaker()
            .directory("a", 0700)
            .file("a/kept", "kept")
            .file("a/gone", "gone")
            .file("a/changed", 0644, "old")
            .directory("b")
            .file("b/lower", "lower")
            .directory("b/deep")
            .file("b/deep/lower", "lower")
            .file("was-file", "x")
            .directory("was-directory")
            .file("was-directory/x", "x")
            .hardLink("twin", "a/changed");
    TarMaker upper =
        new TarMaker()
            .file("a/.wh.gone", "")
            .file("a/changed", 0600, "new")
            .file("b/upper-first", "upper")
            .file("b/.wh..wh..opq", "")
            .file("b/deep/upper", "upper")
            .directory("was-file")
            .file("was-file/x", "x")
            .link("was-directory", "a")
            .file(".wh.never-there", "")
            .file(".wh..wh.aufs", "");
    Map<String, String> tree = TreeText.of(unpacked(lower, upper));
    assertThat(tree)
        .containsOnlyKeys(
            "a",
            "a/kept",
            "a/changed",
            "b",
            "b/upper-first",
            "b/deep",
            "b/deep/upper",
            "was-file",
            "was-file/x",
            "was-directory",
            "twin")
        .containsEntry("a", "directory 700")
        .containsEntry("was-directory", "link a");
    assertThat(tree.get("a/changed")).startsWith("file 600 ");
    assertThat(tree.get("twin")).as("the other name of what was replaced").startsWith("file 644 ");
    assertThat(tree.get("twin")).doesNotEndWith(tree.get("a/changed").substring(9));
  }

  @Test
  void whatALayerBringsItDoesNotTakeAwayWhateverTheOrder() throws IOException {
    TarMaker lower = new TarMaker().file("d/old", "x").file("e", "old");
    TarMaker upper =
        new TarMaker().file("d/new", "x").file(".wh.d", "").file(".wh.e", "").file("e", "new");
    assertThat(TreeText.of(unpacked(lower, upper))).containsOnlyKeys("d", "d/new", "e");
  }

  @Test
  void linksAndModesAreKeptAndTheOwnerMayRead() throws IOException {
    TarMaker layer =
        new TarMaker()
            .file("one", 04751, "x")
            .hardLink("two", "one")
            .link("absolute", "/etc/shadow")
            .link("up", "../../../etc")
            .hardLink("link-twin", "up")
            .file("secret", 0, "x")
            .directory("closed", 0555)
            .file("closed/x", 0444, "x")
            .extended("path", "long/" + "n".repeat(200))
            .file("short", "x");
    Path tree = unpacked(layer);
    assertThat(TreeText.of(tree))
        .containsEntry("absolute", "link /etc/shadow")
        .containsEntry("up", "link ../../../etc")
        .containsEntry("link-twin", "link ../../../etc")
        .containsEntry("closed", "directory 755")
        .containsKey("long/" + "n".repeat(200));
    assertThat(TreeText.of(tree).get("one")).startsWith("file 4751 ");
    assertThat(TreeText.of(tree).get("secret")).startsWith("file 400 ");
    assertThat(Files.getAttribute(tree.resolve("one"), "unix:ino"))
        .isEqualTo(Files.getAttribute(tree.resolve("two"), "unix:ino"));
  }

  @Test
  void theSameImageIsOneDirectoryWhateverItCameIn() throws IOException {
    Path layout = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    Path docker = ImageMaker.of("amd64", scripts()).docker(directory.resolve("docker.tar"));
    Path packed =
        Files.write(
            directory.resolve("docker.tar.gz"), ImageMaker.gzip(Files.readAllBytes(docker)));
    Path gzipped = ImageMaker.of("amd64").gzipped(scripts()).layout(layout("gzipped"));
    Path first = images.directory(layout);
    FileTime made = Files.getLastModifiedTime(first.resolve("image.json"));
    for (Path archive : List.of(layout, docker, packed, gzipped)) {
      assertThat(images.directory(archive)).as("%s", archive).isEqualTo(first);
    }
    assertThat(Files.getLastModifiedTime(first.resolve("image.json"))).isEqualTo(made);
    assertThat(stored()).hasSize(1);
  }

  @Test
  void joinedGzipMembersAreOneLayer() throws IOException {
    byte[] tar = scripts().bytes();
    byte[] one = ImageMaker.gzip(java.util.Arrays.copyOf(tar, 700));
    byte[] two = ImageMaker.gzip(java.util.Arrays.copyOfRange(tar, 700, tar.length));
    byte[] joined = java.util.Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, joined, one.length, two.length);
    Path archive = ImageMaker.of("amd64").layer(tar, joined).layout(layout("layout"));
    assertThat(TreeText.of(images.directory(archive).resolve("rootfs"))).hasSize(2);
  }

  @Test
  void ofAnImageForSeveralPlatformsEachIsUnpackedOrThoseThatHostsHave() throws IOException {
    Path layout = layout("layout");
    ImageMaker amd = ImageMaker.of("amd64", scripts().file("bin/x", "amd"));
    ImageMaker arm = ImageMaker.of("arm64", scripts().file("bin/x", "arm"));
    ImageMaker.layout(layout, ImageMaker.index(layout, "v1", amd, arm));
    List<String> given = images.directories(List.of(layout));
    Cluster cluster = Clusterfiles.reader().images(given).parse(CLUSTERFILE, "c");
    ImageMount mount = cluster.mounts().get(0);
    assertThat(mount.architectures()).containsOnlyKeys("amd64", "arm64");
    assertThat(mount.tree("amd64").orElseThrow().resolve("bin/x")).hasContent("amd");
    assertThat(mount.tree("arm64").orElseThrow().resolve("bin/x")).hasContent("arm");
    assertThat(mount.tree("riscv64")).isEmpty();
    assertThat(mount.labels()).containsEntry("version", "v1.28.0");

    UnpackedImages elsewhere = UnpackedImages.in(directory.resolve("elsewhere"));
    Host host = Host.at("10.0.0.1").arch("arm64").build();
    Path one = elsewhere.forHosts(List.of(host)).directory(layout);
    assertThat(one.resolve("rootfs/bin/x")).hasContent("arm");
    Host unknown = Host.at("10.0.0.2").build();
    assertThat(elsewhere.forHosts(List.of(host, unknown)).directory(layout)).isNotEqualTo(one);
    Host other = Host.at("10.0.0.2").arch("riscv64").build();
    assertThat(elsewhere.forHosts(List.of(other)).directory(layout)).isNotEqualTo(one);
  }

  @Test
  void whatAnIndexListsAndTheArchiveLacksIsPassedOver() throws IOException {
    Path layout = layout("layout");
    ImageMaker here = ImageMaker.of("amd64", scripts());
    String gone = ImageMaker.descriptor(ImageMaker.MANIFEST, new byte[] {1}, "");
    String attestation =
        ImageMaker.descriptor(
            ImageMaker.MANIFEST,
            new byte[] {2},
            ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}");
    ImageMaker.layout(
        layout,
        gone,
        attestation,
        ImageMaker.descriptor(ImageMaker.MANIFEST, here.put(layout), ""));
    assertThat(images.directory(layout).resolve("rootfs/scripts")).isDirectory();
  }

  @Test
  void ofSeveralImagesTheNameChoosesOne() throws IOException {
    Path layout = layout("layout");
    ImageMaker one = ImageMaker.of("amd64", scripts().file("which", "one"));
    ImageMaker two = ImageMaker.of("amd64", scripts().file("which", "two"));
    ImageMaker.layout(
        layout,
        ImageMaker.index(layout, "docker.io/labring/one:v1", one),
        ImageMaker.index(layout, "localhost/two:latest", two));
    assertThat(images.directory(layout, "labring/one:v1").resolve("rootfs/which"))
        .hasContent("one");
    assertThat(images.directory(layout, "two").resolve("rootfs/which")).hasContent("two");
    for (String name : List.of("", "three")) {
      assertThatThrownBy(() -> images.directory(layout, name))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("it holds 2 images and none")
          .hasMessageContaining("docker.io/labring/one:v1, localhost/two:latest");
    }
  }

  @Test
  void directoriesOfTreesStayAsTheyAre() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("a=b/tree"));
    assertThat(images.directories(List.of(tree, "base=" + tree, "x=" + directory.resolve("none"))))
        .containsExactly(tree.toString(), "base=" + tree, "x=" + directory.resolve("none"));
    assertThat(store).doesNotExist();
    assertThatThrownBy(() -> images.directories(List.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
