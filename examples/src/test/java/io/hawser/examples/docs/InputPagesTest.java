package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileDocument;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.ssh.SshClient;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import io.hawser.template.TemplateException;
import io.hawser.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages on Clusterfiles, connections and templates show. */
class InputPagesTest {
  private static final String HEAD =
      "apiVersion: apps.sealos.io/v1beta1\nkind: Cluster\nmetadata:\n  name: prod\n";
  private static final String HOSTS =
      "  hosts:\n  - ips: [10.0.0.1]\n    roles: [master, registry, rack=r1]\n";

  @TempDir private Path directory;
  private PageCluster hosts;

  @BeforeEach
  void make() {
    hosts = new PageCluster(directory);
  }

  @AfterEach
  void close() {
    hosts.close();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void aClusterfileIsReadAndWrittenAsItsPageShows() throws IOException {
    write("values.yaml", "ssh: {user: root, port: 2222}\n");
    String ssh = "  ssh: {user: {{ .Values.ssh.user }}, port: {{ .Values.ssh.port }}}\n";
    String companion = "---\nkind: ClusterConfiguration\n";
    write("Clusterfile", HEAD + "spec:\n" + ssh + HOSTS + companion);

    Clusterfile file =
        Clusterfiles.reader()
            .values(List.of(directory.resolve("values.yaml")))
            .set(List.of("ssh.user=admin"))
            .load(directory.resolve("Clusterfile"));
    Cluster cluster = file.cluster();
    List<ClusterfileDocument> others = file.companions();

    assertThat(cluster.hosts().get(0).ssh().user()).isEqualTo("admin");
    assertThat(cluster.hosts().get(0).ssh().port()).isEqualTo(2222);
    assertThat(others).extracting(ClusterfileDocument::kind).containsExactly("ClusterConfiguration");
    Path path = directory.resolve("written");
    file.withPhase("ClusterSuccess").withMounts(cluster.mounts()).write(path);
    assertThat(Clusterfiles.reader().load(path).phase()).contains("ClusterSuccess");
  }

  @Test
  void aTemplateOfAClusterfileGivesTheHostsThatThePageSays() throws IOException {
    String shown = DocsPage.read("docs/clusterfile.md").block("yaml", InputPagesTest.class, 0);

    Cluster cluster =
        Clusterfiles.reader()
            .set(List.of("nodes={192.0.2.1,192.0.2.2}"))
            .read(write("Clusterfile", HEAD + shown));

    assertThat(cluster.hosts()).extracting(Host::address).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(cluster.hosts())
        .extracting(Host::roles)
        .containsExactly(Set.of(Role.MASTER, Role.REGISTRY), Set.of(Role.NODE));
  }

  @Test
  void connectionsAreSaidInJavaAndYamlAsTheirPageShows() throws IOException {
    SshAccess access = SshAccess.builder().user("deploy").agent(true).build();
    Host bastion = Host.at("203.0.113.9").ssh(access).build();
    Host node = Host.at("10.0.0.7").ssh(access.toBuilder().jump(bastion).build()).build();
    assertThat(node.ssh().jump()).map(Host::address).contains("203.0.113.9");

    String shown = DocsPage.read("docs/connections.md").block("yaml", InputPagesTest.class, 0);
    String fingerprint = "SHA256:" + "A".repeat(43);
    String ssh =
        shown
            .replace("SHA256:...", fingerprint)
            .lines()
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    SshAccess read =
        Clusterfiles.read(write("Clusterfile", HEAD + "spec:\n" + ssh + HOSTS))
            .hosts()
            .get(0)
            .ssh();
    assertThat(read.user()).isEqualTo("deploy");
    assertThat(read.agent()).isTrue();
    assertThat(read.keyFile()).contains("~/.ssh/id_ed25519.pub");
    assertThat(read.hostKeys()).containsExactly(fingerprint);
    assertThat(read.jump())
        .map(host -> host.address() + " " + host.ssh().port() + " " + host.ssh().user())
        .contains("203.0.113.9 2222 hop");
  }

  @Test
  void textsAreRenderedAsThePageOnTemplatesShows() {
    Map<String, String> env = Map.of("BIN_DIR", "/opt/bin");

    String unit =
        Templates.render(
            "ExecStart={{ default \"/usr/bin\" .BIN_DIR }}/kubelet", "kubelet.service.tmpl", env);

    assertThat(unit).isEqualTo("ExecStart=/opt/bin/kubelet");
    DocsPage page = DocsPage.read("docs/templates.md");
    assertThat(refused("\n\n\n{{ defalt 1 .x }}", "etc/kubelet.tmpl"))
        .isEqualTo(page.block("text", InputPagesTest.class, 0).strip());
    assertThat(refused("\n{{ .criDat }}", "etc/config.toml.tmpl"))
        .isEqualTo(page.block("text", InputPagesTest.class, 1).strip());
  }

  private static String refused(String text, String name) {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () -> Templates.renderStrict(text, name, Map.of("criData", "/var/lib/containerd")));
    return refused.getMessage();
  }

  @Test
  void anotherEngineIsGivenAsThePageOnTemplatesShows() throws IOException {
    Path tree = hosts.rootfs.mountPoint();
    Files.writeString(tree.resolve("etc/rack.tmpl"), "{{ rack \"10.0.0.1\" }}\n");
    Path file = write("Clusterfile", HEAD + "spec:\n" + HOSTS);
    List<String> images = List.of(tree.toString());
    Map<Object, String> racks = Map.of("10.0.0.1", "r1");
    SshClient ssh = hosts.ssh;

    TemplateEngine engine =
        GoTemplates.standard()
            .strict(true)
            .function("rack", arguments -> racks.get(arguments.get(0)));
    Cluster cluster =
        Clusterfiles.reader().templates(engine).images(images).read(file); // checks the templates of the trees
    Filesystem filesystem = Filesystems.builder(cluster, ssh).templates(engine).build();
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh).templates(engine).build(); // its plan agrees

    filesystem.mountRootfs(List.of("10.0.0.1"));
    assertThat(hosts.ssh.files("10.0.0.1").text("/var/lib/sealos/data/prod/rootfs/etc/rack"))
        .isEqualTo("r1\n");
    assertThat(bootstrap.plan().items())
        .filteredOn(item -> item.step().equals("mount"))
        .allMatch(item -> item.changes().stream().noneMatch(change -> change.isChange()));
  }

  @Test
  void aTreeForAnotherArchitectureIsToldOfAsThePageOnImagesShows() throws IOException {
    byte[] program = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, program, 0, 7);
    program[18] = 62;
    Path tree = hosts.rootfs.mountPoint();
    Files.write(tree.resolve("bin/kubelet"), program);
    String second = "  - ips: [10.0.0.2]\n    roles: [node, arm64]\n";
    Path file = write("Clusterfile", HEAD + "spec:\n" + HOSTS + second);
    List<String> images = List.of(tree.toString());

    ClusterfileException refused =
        catchThrowableOfType(ClusterfileException.class, () -> Clusterfiles.reader().images(images).read(file));

    String shown = DocsPage.read("docs/images.md").block("text", InputPagesTest.class, 0);
    DocsPage.assertSaid(
        "... " + shown, refused.getMessage().replace(tree.toString(), "/images/k8s/rootfs"));
  }
}
