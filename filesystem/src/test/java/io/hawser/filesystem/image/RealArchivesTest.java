package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made by umoci, skopeo and GNU tar, against the directory that they were made of. */
class RealArchivesTest {
  private static final String CLUSTERFILE =
      """
      kind: Cluster
      metadata: {name: c}
      spec:
        image: [base]
        env: [registryDomain=hub]
        hosts:
          - {ips: [10.0.0.1], roles: [master]}
      """;

  private static final String KUBEFILE =
      """
      FROM scratch
      ENV criData=/var/lib/containerd registryPort=5000
      LABEL sealos.io.type="rootfs" version="v1.28.0" init="init.sh \\$registryPort" vip="\\$defaultVIP"
      ENTRYPOINT ["/bin/sh"]
      CMD ["-c", "true"]
      COPY . .
      """;

  @TempDir private Path directory;
  private Path tree;

  @BeforeEach
  void needsTheirPrograms() throws Exception {
    assumeTrue(isThere("umoci") && isThere("skopeo"), "umoci or skopeo is not installed");
    tree = directory.resolve("tree");
    makeTree();
    makeLayout();
  }

  private static boolean isThere(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void makeTree() throws IOException {
    put("scripts/init.sh", "rwxr-xr-x", "#!/bin/sh\n");
    put("scripts/check.sh", "rwxr-x---", "#!/bin/sh\n");
    put("etc/config.yml.tmpl", "rw-------", "port: {{ .registryPort }}\n");
    put("etc/name with spaces \u00e4\u00f6\u00fc", "rw-r--r--", "x");
    put("deep/" + "directory/".repeat(12) + "n".repeat(120), "r--r--r--", "x");
    byte[] random = new byte[300_000];
    new Random(1).nextBytes(random);
    Files.write(Files.createDirectories(tree.resolve("bin")).resolve("program"), random);
    Files.setPosixFilePermissions(
        tree.resolve("bin/program"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(tree.resolve("bin/relative"), Path.of("../scripts/init.sh"));
    Files.createSymbolicLink(tree.resolve("bin/dangling"), Path.of("nowhere"));
    Files.createLink(tree.resolve("bin/twin"), tree.resolve("bin/program"));
    Files.createDirectories(tree.resolve("empty"));
    Files.setPosixFilePermissions(
        tree.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
    put("old/one", "rw-r--r--", "1");
    put("old/two", "rw-r--r--", "2");
    put("gone", "rw-r--r--", "x");
    put("opaque/lower", "rw-r--r--", "x");
  }

  private void put(String name, String mode, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** Two layers: the tree, and what was changed in it later. */
  private void makeLayout() throws Exception {
    run("umoci", "init", "--layout", "layout");
    run("umoci", "new", "--image", "layout:v1");
    run("umoci", "unpack", "--image", "layout:v1", "bundle");
    run("cp", "-a", tree + "/.", "bundle/rootfs/");
    run("umoci", "repack", "--image", "layout:v1", "bundle");
    change(directory.resolve("bundle/rootfs"));
    run("umoci", "repack", "--image", "layout:v1", "bundle");
    change(tree);
    run(
        "umoci",
        "config",
        "--image",
        "layout:v1",
        "--config.env=criData=/var/lib/containerd",
        "--config.env=registryPort=5000",
        "--config.label=sealos.io.type=rootfs",
        "--config.label=version=v1.28.0",
        "--config.label=init=init.sh $registryPort",
        "--config.label=vip=$defaultVIP",
        "--config.entrypoint=/bin/sh",
        "--config.cmd=-c",
        "--config.cmd=true");
  }

  private static void change(Path root) throws IOException {
    TreeRemoval.of(root.resolve("old/one"));
    TreeRemoval.of(root.resolve("gone"));
    TreeRemoval.of(root.resolve("opaque"));
    Files.createSymbolicLink(root.resolve("opaque"), Path.of("old"));
    Files.writeString(root.resolve("old/three"), "3");
    Files.setPosixFilePermissions(
        root.resolve("old/three"), PosixFilePermissions.fromString("rw-r--r--"));
  }

  private String run(String... command) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(status).as("%s: %s", String.join(" ", command), text).isZero();
    return text;
  }

  private Path copied(String from, String to, String... options) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(List.of("skopeo", "--insecure-policy", "copy"));
    command.addAll(List.of(options));
    command.addAll(List.of(from, to));
    run(command.toArray(String[]::new));
    String path = to.replaceFirst("^[a-z-]+:", "").replaceFirst(":.*", "");
    return directory.resolve(path);
  }

  /** The archive gives the same Cluster and the same tree as the directory with its Kubefile. */
  private void sameAsTheDirectory(Path archive) throws IOException {
    Path home = UnpackedImages.in(directory.resolve("store")).directory(archive);
    Map<String, String> wanted = TreeText.of(tree);
    assertThat(TreeText.of(home.resolve("rootfs"))).as("%s", archive).isEqualTo(wanted);

    Files.writeString(tree.resolve("Kubefile"), KUBEFILE);
    ImageMount plain = read(tree);
    Files.delete(tree.resolve("Kubefile"));
    ImageMount unpacked = read(home);
    assertThat(unpacked.at(tree)).as("%s", archive).isEqualTo(plain.at(tree));
    assertThat(plain.labels()).containsEntry("init", "init.sh $registryPort");
    assertThat(plain.cmd()).containsExactly("-c", "true");
  }

  private static ImageMount read(Path image) {
    Cluster cluster = Clusterfiles.reader().images(List.of(image)).parse(CLUSTERFILE, "c");
    return cluster.mounts().get(0);
  }

  @Test
  @DisplayName("I10 archives of umoci and skopeo in every format give what the directory gives")
  void everyFormatGivesTheSame() throws Exception {
    sameAsTheDirectory(directory.resolve("layout"));
    sameAsTheDirectory(copied("oci:layout:v1", "oci:copy:v1"));
    sameAsTheDirectory(copied("oci:layout:v1", "oci-archive:oci.tar:v1"));
    sameAsTheDirectory(copied("oci:layout:v1", "docker-archive:docker.tar:hawser/base:v1"));
    sameAsTheDirectory(copied("oci:layout:v1", "dir:dir"));
    sameAsTheDirectory(copied("oci:layout:v1", "oci:docker:v1", "--format", "v2s2"));
    run("gzip", "-k", "docker.tar");
    sameAsTheDirectory(directory.resolve("docker.tar.gz"));
    run("tar", "-C", "layout", "-cf", "gnu.tar", ".");
    sameAsTheDirectory(directory.resolve("gnu.tar"));
    run("tar", "-C", "layout", "--format=pax", "-czf", "pax.tar.gz", ".");
    sameAsTheDirectory(directory.resolve("pax.tar.gz"));
  }

  @Test
  @DisplayName("I10 a layer that GNU tar made is unpacked as GNU tar does it")
  void layersOfGnuTar() throws Exception {
    for (String format : List.of("gnu", "pax", "ustar")) {
      String layer = format + "-layer.tar";
      if (format.equals("ustar")) {
        TreeRemoval.of(tree.resolve("deep"));
      }
      run("tar", "-C", "tree", "--format=" + format, "-cf", layer, ".");
      byte[] tar = Files.readAllBytes(directory.resolve(layer));
      Path archive =
          ImageMaker.of("amd64")
              .layer(tar, tar)
              .layout(Files.createDirectories(directory.resolve(format)));
      Path home = UnpackedImages.in(directory.resolve("store")).directory(archive);
      assertThat(TreeText.of(home.resolve("rootfs"))).as(format).isEqualTo(TreeText.of(tree));
    }
  }

  @Test
  @DisplayName("I10 zstd layers are refused, and what the message says to do works")
  void zstdIsRefusedWithAnAdviceThatWorks() throws Exception {
    copied("oci:layout:v1", "oci-archive:zstd.tar:v1", "--dest-compress-format", "zstd");
    Path archive = directory.resolve("zstd.tar");
    assertThatThrownBy(() -> UnpackedImages.in(directory.resolve("store")).directory(archive))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("compressed with zstd")
        .hasMessageContaining(commandOn("docs/images.md"));
    String command = commandOn("docs/images.md").replace("NEW-FILE", "new.tar");
    run(
        command
            .replace("FILE", "zstd.tar")
            .replace("skopeo", "skopeo --insecure-policy")
            .split(" "));
    sameAsTheDirectory(directory.resolve("new.tar"));
  }

  private static String commandOn(String page) throws IOException {
    return Files.readString(Path.of("..").resolve(page))
        .lines()
        .filter(line -> line.startsWith("skopeo copy"))
        .findFirst()
        .orElseThrow();
  }
}
