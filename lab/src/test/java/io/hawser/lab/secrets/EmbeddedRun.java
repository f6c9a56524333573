package io.hawser.lab.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Registries;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The main job on two hosts inside this JVM, with a password for the registry that the Clusterfile
 * chooses. Everything is printed that a user may print. The secrets go into a file.
 */
final class EmbeddedRun {
  private EmbeddedRun() {}

  /** Arguments: an empty directory, the password of the registry. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    String password = Files.readString(directory.resolve("registry-password"));
    try (EmbeddedHosts hosts = EmbeddedHosts.start(2)) {
      ImageMount image = SampleImages.of(1).writeRootfs(directory.resolve("rootfs"));
      addTemplate(image);
      Path file = directory.resolve("Clusterfile");
      String text = hosts.clusterfileText("secrets", List.of(image), "master,registry", "node");
      String env = "  env: ['registryPassword=" + password.replace("'", "''") + "']\n";
      Files.writeString(file, text.replaceFirst("(?m)^  hosts:", quoted(env) + "  hosts:"));
      Cluster cluster = hosts.withRoots(Clusterfiles.read(file));
      try (SshClient ssh =
          SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
        run(hosts, cluster, ssh, directory, password);
      }
    }
  }

  private static String quoted(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  /** As in real images: a file that tells scripts how to log in to the registry. */
  private static void addTemplate(ImageMount image) throws IOException {
    Files.writeString(
        image.mountPoint().resolve("etc/registry.yml.tmpl"),
        "username: {{ .registryUsername }}\npassword: {{ .registryPassword }}\n");
  }

  private static void run(
      EmbeddedHosts hosts, Cluster cluster, SshClient ssh, Path directory, String password)
      throws IOException {
    Path store = directory.resolve("store");
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.directory(store)).build();
    Filesystem filesystem = Filesystems.of(cluster, ssh);
    List<String> addresses = cluster.hosts().stream().map(EmbeddedRun::name).toList();
    System.out.println(cluster + " " + cluster.hosts() + " " + cluster.hosts().get(0).ssh());
    print(bootstrap.preflight());
    Plan plan = bootstrap.plan();
    System.out.println(plan.toTable() + plan.toJson() + plan.toDiff() + plan.items());
    print(filesystem.mountRootfs(addresses));
    print(bootstrap.preflight());
    print(bootstrap.init());
    print(bootstrap.applyExternalDeps());
    plan = bootstrap.plan();
    System.out.println(plan.toTable() + plan.toJson() + plan.toDiff() + plan.items());
    Registries registries =
        Registries.builder(cluster).secrets(ClusterSecretStores.directory(store)).build();
    System.out.println(registries.settings(cluster.hosts().get(0)));
    print(registries.verify(ssh, cluster.hosts()));

    List<Canary> canaries = new ArrayList<>();
    canaries.add(Canary.of("registryPassword", password));
    canaries.add(Canary.of("ssh password", login(hosts).reveal()));
    String made =
        ClusterSecretStores.directory(store)
            .get("secrets", "registry-http-secret")
            .orElseThrow()
            .reveal();
    canaries.add(Canary.of("registry http secret", made));
    assertNoWideFile(hosts, directory, new CanarySearch(canaries));
    Files.writeString(directory.resolve("ssh-password"), login(hosts).reveal());
    Files.writeString(directory.resolve("http-secret"), made);

    print(bootstrap.reset());
    print(filesystem.unMountRootfs(addresses));
  }

  private static Secret login(EmbeddedHosts hosts) {
    return hosts.access().password().orElseThrow();
  }

  private static String name(Host host) {
    return host.address() + ":" + host.ssh().port();
  }

  private static void print(Report report) {
    System.out.println(report.toTable() + report.toJson() + report);
  }

  private static void assertNoWideFile(EmbeddedHosts hosts, Path directory, CanarySearch search) {
    for (int host = 0; host < hosts.count(); host++) {
      Map<Path, List<String>> files = search.files(hosts.root(host));
      assertThat(files).as("files that must hold secrets on host " + host).isNotEmpty();
      assertThat(files.keySet()).filteredOn(CanarySearch::isWide).as("%s", files).isEmpty();
    }
    Map<Path, List<String>> kept = search.files(directory.resolve("store"));
    assertThat(kept).isNotEmpty();
    assertThat(kept.keySet()).filteredOn(CanarySearch::isWide).isEmpty();
  }
}
