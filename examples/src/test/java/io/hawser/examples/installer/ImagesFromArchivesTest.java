package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystems;
import io.hawser.filesystem.image.UnpackedImages;
import io.hawser.registry.RegistryContent;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive in the place of a directory, in the library and in the installer. */
class ImagesFromArchivesTest {
  private static final String CLUSTERFILE =
      """
      kind: Cluster
      metadata: {name: one}
      spec:
        image: [hawser/base]
        ssh: {passwd: x, port: 1}
        hosts: [{ips: [127.0.0.1], roles: [master]}]
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ImageMount image;
  private Path archive;
  private Path store;

  @BeforeEach
  void makeArchive() throws IOException {
    image = SampleImages.of(2).writeRootfs(directory.resolve("tree"));
    archive = ImageArchives.docker(directory.resolve("base.tar"), image, "amd64");
    store = directory.resolve("store");
  }

  private static Map<String, String> mounted(Cluster cluster) {
    MockSsh ssh = MockSsh.create();
    assertThat(Filesystems.of(cluster, ssh).mountRootfs(List.of("127.0.0.1")).succeeded()).isTrue();
    Map<String, String> files = new TreeMap<>();
    for (String path : ssh.files("127.0.0.1").paths()) {
      boolean shown = path.contains("/rootfs/") && !ssh.files("127.0.0.1").isDirectory(path);
      if (shown) {
        String text = ssh.files("127.0.0.1").text(path);
        files.put(path, ssh.files("127.0.0.1").mode(path) + " " + text);
      }
    }
    return files;
  }

  @Test
  void hostsAndRegistriesGetTheSameAsFromTheDirectory() {
    List<String> given = UnpackedImages.in(store).directories(List.of("hawser/base=" + archive));
    Cluster unpacked = Clusterfiles.reader().images(given).parse(CLUSTERFILE, "c");
    Cluster plain =
        Clusterfiles.reader().images(List.of(image.mountPoint())).parse(CLUSTERFILE, "c");
    assertThat(mounted(unpacked)).isNotEmpty().isEqualTo(mounted(plain));
    assertThat(unpacked.mounts().get(0).labels()).isEqualTo(plain.mounts().get(0).labels());
    RegistryContent content = RegistryContent.of(unpacked);
    assertThat(content.verify()).isEmpty();
    assertThat(content.toString()).isEqualTo(RegistryContent.of(plain).toString());
  }

  @Test
  void theInstallerUnpacksAndGoesOn() throws IOException {
    Path file = Files.writeString(directory.resolve("Clusterfile"), CLUSTERFILE);
    int status = run("plan", "-f", file, "--image", archive, "--images-directory", store);
    assertThat(err.toString()).isEmpty();
    assertThat(status).as("nobody listens on the host's port").isEqualTo(1);
    assertThat(store).isDirectoryContaining("glob:**/sha256-*");
    assertThat(run("reset", "-y", "-f", file, "--image", directory.resolve("gone.tar")))
        .isEqualTo(1);
  }

  @Test
  void aBadArchiveIsBadInput() throws IOException {
    Path file = Files.writeString(directory.resolve("Clusterfile"), CLUSTERFILE);
    byte[] damaged = Files.readAllBytes(archive);
    damaged[2000] ^= 1;
    Files.write(archive, damaged);
    assertThat(run("apply", "-f", file, "--image", archive, "--images-directory", store))
        .isEqualTo(2);
    assertThat(err.toString()).contains("base.tar: layer sha256:", "copy the archive anew");
    assertThat(out.toString()).as("no phase began").isEmpty();
  }

  @Test
  void problemsOfTheClusterfileAndOfTheArchivesTreeAreToldTogether() throws IOException {
    Path tree = directory.resolve("tree");
    Files.writeString(tree.resolve("etc/more.tmpl"), "{{ .nope }}");
    ImageArchives.docker(archive, image, "amd64");
    Path file =
        Files.writeString(
            directory.resolve("Clusterfile"), CLUSTERFILE.replace("passwd", "passwrd"));
    assertThat(run("plan", "-f", file, "--image", archive, "--images-directory", store))
        .isEqualTo(2);
    assertThat(err.toString()).contains("passwrd", "nope").doesNotContain("not a directory");
  }

  private int run(Object... arguments) {
    String[] texts = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    return HawserCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
  }
}
