package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.examples.docs.DocsPage;
import io.hawser.filesystem.image.UnpackedImages;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages show of the installer is what it prints. */
class InstallerPagesTest {
  private static final String PROMPT = "$ ./examples/hawser ";
  private static final String STORAGE =
      "/var/lib/sealos/data/default/registry/docker/registry/v2/blobs/sha256";

  @TempDir Path directory;
  private MockedInstaller installer;

  @BeforeEach
  void makeHosts() {
    installer = new MockedInstaller(directory);
    installer.interactive = true;
  }

  @Test
  void theWalkThroughGoesAsThePageShows() throws IOException {
    String walk = DocsPage.read("docs/installer.md").block("console", InstallerPagesTest.class, 0);
    Path key = Files.writeString(directory.resolve("id"), "any key will do\n");
    String[] steps = walk.split("(?m)^\\$ ./examples/hawser ");
    assertThat(steps).hasSizeGreaterThan(6).startsWith("");
    for (int i = 1; i < steps.length; i++) {
      String[] lines = steps[i].split("\n", 2);
      String command =
          lines[0]
              .replaceFirst(" +#.*", "")
              .replace("kubernetes.tar", installer.image)
              .replace("~/.ssh/id_ed25519", key.toString());
      if (command.equals("audit")) {
        damage();
      }
      installer.typed.add("y");
      int status = installer.run((Object[]) command.split(" "));
      assertThat(status).as(command + installer.err).isEqualTo(command.equals("audit") ? 1 : 0);
      DocsPage.assertPrinted(
          lines[1].replace("/home/ann", installer.home.toString()), installer.out);
    }
  }

  private void damage() {
    String blob =
        installer.ssh.files("10.0.0.4").paths(STORAGE).stream()
            .filter(path -> path.endsWith("/data"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = installer.ssh.files("10.0.0.4").bytes(blob);
    bytes[0]++;
    installer.ssh.files("10.0.0.4").write(blob, bytes);
  }

  @Test
  void anEnvironmentIsExplainedAsItsPageShows() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("image/rootfs"));
    Files.writeString(
        tree.resolve("Kubefile"),
        """
        FROM scratch
        LABEL sealos.io.type="rootfs"
        ENV registryDomain=sealos.hub registryPort=5000 registryPassword=passw0rd
        """);
    Path file =
        Files.writeString(
            directory.resolve("Clusterfile"),
            """
            apiVersion: apps.sealos.io/v1beta1
            kind: Cluster
            metadata: {name: prod}
            spec:
              image: [labring/kubernetes:v1.27.7]
              env: [registryDomain=hub.example.com, registryPassword=chosen, SEALOS_SYS_X=1]
              ssh: {pk: ~/.ssh/id}
              hosts:
                - {ips: [10.0.0.1], roles: [master]}
                - {ips: [10.0.0.2], roles: [node]}
            """);
    String shown =
        DocsPage.read("docs/environment.md").block("console", InstallerPagesTest.class, 0);
    String[] lines = shown.split("\n", 2);
    assertThat(lines[0]).startsWith(PROMPT);
    String command =
        lines[0]
            .substring(PROMPT.length())
            .replace("-f Clusterfile", "-f " + file)
            .replace("--image rootfs", "--image " + tree);

    assertThat(installer.run((Object[]) command.split(" "))).as(installer.err).isZero();

    assertThat(installer.out).isEqualTo(lines[1]);
  }

  @Test
  void archivesAreUnpackedAsThePageOnImagesShows() throws IOException {
    ImageMount rootfs = SampleImages.of(1).writeRootfs(directory.resolve("tree"));
    Path charts = Files.createDirectories(directory.resolve("calico/charts"));
    ImageMount application =
        new ImageMount(
            "calico",
            ImageType.APPLICATION,
            "labring/calico:v3.24.1",
            charts.getParent(),
            Map.of(),
            Map.of());
    String kubernetesTar =
        ImageArchives.docker(directory.resolve("kubernetes.tar"), rootfs, "amd64").toString();
    Path calicoTar = ImageArchives.docker(directory.resolve("calico.tar"), application, "amd64");
    Path clusterfile =
        Files.writeString(
            directory.resolve("Clusterfile"),
            """
            kind: Cluster
            metadata: {name: prod}
            spec:
              ssh: {passwd: x}
              hosts: [{ips: [10.0.0.1], roles: [master, amd64]}]
            """);
    List<Host> hosts = Clusterfiles.read(clusterfile).hosts();
    String home = System.getProperty("user.home");
    System.setProperty("user.home", directory.toString());
    try {
      List<String> images =
          UnpackedImages.inHome()
              .forHosts(hosts)
              .directories(List.of(kubernetesTar, "labring/calico:v3.24.1=" + calicoTar));
      Cluster cluster = Clusterfiles.reader().images(images).read(clusterfile);

      assertThat(cluster.mounts())
          .extracting(ImageMount::type)
          .containsExactly(ImageType.ROOTFS, ImageType.APPLICATION);
      assertThat(cluster.mounts().get(0).mountPoint())
          .startsWith(directory.resolve(".hawser/images"));
    } finally {
      System.setProperty("user.home", home);
    }
  }
}
