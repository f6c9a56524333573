package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.ssh.mock.MockSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents of kind Config do to the files that hosts get. */
class ConfigsOnMockTest {
  private static final String ROOTFS = "/var/lib/sealos/data/configured/rootfs/";

  private static final String CLUSTER =
      """
      kind: Cluster
      metadata: {name: configured}
      spec:
        env: [cidr=10.5.0.0/16]
        hosts: [{ips: [10.0.0.1], roles: [master]}]
      status:
        mounts:
        - {name: r, type: rootfs, imageName: "hub/k8s:v1", mountPoint: rootfs}
      """;

  @TempDir private Path directory;
  private final MockSsh ssh = MockSsh.create();
  private Path rootfs;

  @BeforeEach
  void makeRootfs() throws IOException {
    rootfs = Files.createDirectories(directory.resolve("rootfs"));
    put("etc/kubeadm.yml.tmpl", "pods: {{ .cidr }}\n");
    put("manifests/net.yaml", "kind: A\nspec: {mtu: 1500}\n---\nkind: B\n");
    put("scripts/init.sh", "echo init\n");
  }

  private void put(String name, String text) throws IOException {
    Path file = rootfs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String config(String name, String path, String strategy, String data) {
    return "---\nkind: Config\nmetadata: {name: %s}\nspec: {path: %s, strategy: %s, data: \"%s\"}\n"
        .formatted(name, path, strategy, data);
  }

  private Cluster read(String... configs) throws IOException {
    Path file = directory.resolve("Clusterfile");
    return Clusterfiles.read(Files.writeString(file, CLUSTER + String.join("", configs)));
  }

  private String onHost(String path) {
    return ssh.files("10.0.0.1").text(ROOTFS + path);
  }

  @Test
  void filesAreChangedBeforeTemplatesAreRenderedAndTheImageStaysAsItIs() throws IOException {
    Cluster cluster =
        read(
            config("a", "etc/kubeadm.yml.tmpl", "append", "more: '{{ \"{{\" }} .cidr }}'"),
            config("b", "manifests/net.yaml", "merge", "spec: {mtu: 1450}"),
            config("c", "scripts/init.sh", "insert", "#!/bin/bash"),
            config("d", "etc/new.conf", "override", "made\\n"));
    Filesystems.of(cluster, ssh).mountRootfs(List.of("10.0.0.1"));
    assertThat(onHost("etc/kubeadm.yml")).isEqualTo("pods: 10.5.0.0/16\n\nmore: '10.5.0.0/16'");
    assertThat(onHost("manifests/net.yaml"))
        .isEqualTo("---\nkind: A\nspec:\n  mtu: 1450\n---\nkind: B\nspec:\n  mtu: 1450\n");
    assertThat(onHost("scripts/init.sh")).isEqualTo("#!/bin/bash\necho init\n");
    assertThat(onHost("etc/new.conf")).isEqualTo("made\n");
    assertThat(rootfs.resolve("etc/new.conf")).doesNotExist();
    assertThat(Filesystems.of(cluster, ssh).mountRootfs(List.of("10.0.0.1")).changed())
        .as("a second mount")
        .isFalse();
  }

  @Test
  void theImagesOwnConfigsComeFirst() throws IOException {
    put("config.yml", config("own", "etc/new.conf", "override", "from the image\\n").substring(4));
    Cluster cluster = read(config("a", "etc/new.conf", "append", "from the Clusterfile"));
    Filesystems.of(cluster, ssh).mountRootfs(List.of("10.0.0.1"));
    assertThat(onHost("etc/new.conf")).isEqualTo("from the image\n\nfrom the Clusterfile");
  }

  @Test
  void aConfigThatCannotBeAppliedIsNamedBeforeAnyHostIsTouched() throws IOException {
    Cluster cluster = read(config("a", "etc/kubeadm.yml", "merge", "a: 1"));
    Filesystem filesystem = Filesystems.of(cluster, ssh);
    Throwable thrown =
        catchThrowableOfType(Exception.class, () -> filesystem.mountRootfs(List.of("10.0.0.1")));
    assertThat(thrown)
        .hasMessageContaining(
            "image r: Config a (merge etc/kubeadm.yml): etc/kubeadm.yml is not in the image;"
                + " it has etc/kubeadm.yml.tmpl");
    assertThat(ssh.files("10.0.0.1").exists(ROOTFS + "scripts/init.sh")).isFalse();
  }
}
