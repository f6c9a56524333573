package io.hawser.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import io.hawser.testkit.EmbeddedHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Makes of embedded hosts what sealos leaves: the rootfs everywhere, its registry on the first
 * host, a plain line in each hosts file, containerd's file by the name alone, and no journal.
 */
final class SealosMadeCluster {
  private static final String HTPASSWD =
      "admin:$2y$05$sealosmadeclusterlab0uwdtBEJYpQmJSAZUJmcKu1B1s.2qWn3m\n";

  private final EmbeddedHosts hosts;
  private final Path rootfs;
  private final String base;

  private SealosMadeCluster(EmbeddedHosts hosts, Path rootfs, String name) {
    this.hosts = hosts;
    this.rootfs = rootfs;
    this.base = "var/lib/sealos/data/" + name + "/rootfs";
  }

  static void make(EmbeddedHosts hosts, SshClient ssh, Cluster cluster, Path rootfs)
      throws IOException {
    SealosMadeCluster made = new SealosMadeCluster(hosts, rootfs, cluster.name());
    for (int i = 0; i < hosts.count(); i++) {
      Host host = cluster.hosts().get(i);
      made.copy(i);
      made.point(i);
      if (i == 0) {
        made.linkStorage();
        made.run(ssh, host, "init-registry.sh /var/lib/registry /etc/registry");
      }
      made.run(ssh, host, "init.sh");
    }
  }

  private void copy(int host) throws IOException {
    Path target = hosts.root(host).resolve(base);
    try (Stream<Path> files = Files.walk(rootfs)) {
      files
          .filter(file -> host == 0 || !file.startsWith(rootfs.resolve("registry")))
          .forEach(file -> copy(file, target));
    }
    String config = Files.readString(target.resolve("etc/registry_config.yml.tmpl"));
    Files.delete(target.resolve("etc/registry_config.yml.tmpl"));
    Files.writeString(
        target.resolve("etc/registry_config.yml"),
        config
            .replace("{{ .registryData }}", "/var/lib/registry")
            .replace("{{ .registryConfig }}", "/etc/registry")
            .replace("{{ .registryPort }}", "5000"));
  }

  private void copy(Path file, Path target) {
    try {
      Path copy = target.resolve(rootfs.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header stands for the credentials that containerd has in its configuration. */
  private void point(int host) throws IOException {
    Path lines = hosts.root(host).resolve("etc/hosts");
    Files.writeString(
        lines,
        "\n%1$s sealos.hub\n%1$s apiserver.cluster.local\n".formatted(hosts.address(0)),
        StandardOpenOption.APPEND);
    Path toml = hosts.root(host).resolve("etc/containerd/certs.d/sealos.hub:5000/hosts.toml");
    Files.createDirectories(toml.getParent());
    String login = Base64.getEncoder().encodeToString("admin:passw0rd".getBytes(UTF_8));
    Files.writeString(
        toml,
        """
        server = "http://sealos.hub:5000"

        [host."http://sealos.hub:5000"]
          capabilities = ["pull", "resolve", "push"]
          skip_verify = true
          [host."http://sealos.hub:5000".header]
            Authorization = ["Basic %s"]
        """
            .formatted(login));
  }

  private void linkStorage() throws IOException {
    Path root = hosts.root(0);
    Files.writeString(root.resolve(base).resolve("etc/registry_htpasswd"), HTPASSWD);
    Files.createSymbolicLink(
        root.resolve("var/lib/registry"), root.resolve(base).resolve("registry"));
  }

  private void run(SshClient ssh, Host host, String script) {
    ssh.run(
            host,
            Command.of("bash", "-c", "cd \"$HAWSER_ROOT/" + base + "/scripts\" && bash " + script))
        .orThrow();
  }
}
