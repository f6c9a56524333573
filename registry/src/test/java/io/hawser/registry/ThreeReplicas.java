package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Three hosts with replicas of two images, reached through the agent in shells of this machine. */
final class ThreeReplicas {
  private static final String DATA = "/var/lib/sealos/data/c/registry";

  /** The images' manifests. */
  final String web;

  final String pause;
  final TestImage image;
  final Cluster cluster;
  final LocalShell shell;
  private final Path directory;

  ThreeReplicas(Path directory) throws IOException {
    this.directory = directory;
    this.image = new TestImage(directory.resolve("image"));
    this.web = image.push("shop/web", "1.0", "layer one", "layer two");
    this.pause = image.push("pause", "3.9", "layer one");
    this.cluster =
        Cluster.named("c")
            .hosts(host(1), host(2), host(3))
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    this.shell = new LocalShell(directory.resolve("scratch"));
  }

  private Host host(int number) throws IOException {
    Path root = directory.resolve("h" + number);
    Files.createDirectories(root.resolve("var/lib"));
    Host.Builder host = Host.at("10.0.0." + number).root(root.toString());
    List<Role> roles = number == 1 ? List.of(Role.MASTER, Role.REGISTRY) : List.of(Role.REGISTRY);
    return host.roles(roles.toArray(Role[]::new)).build();
  }

  Registries registries() {
    return Registries.builder(cluster).secrets(ClusterSecretStores.inMemory()).build();
  }

  void fill(List<Host> hosts) {
    Report report = registries().distribute(shell, hosts);
    if (!report.succeeded()) {
      throw new AssertionError(report.toTable());
    }
  }

  RegistryAudit audit() {
    return registries().audit(shell, cluster.hosts());
  }

  Report repair() {
    return registries().repair(shell, cluster.hosts());
  }

  /** A file of a replica, counted from 1. */
  Path on(int host, String path) {
    return directory.resolve("h" + host + DATA).resolve(path);
  }

  /** Writes a file of a replica. */
  void write(int host, String path, String content) throws IOException {
    Path file = on(host, path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Every file of a replica with its bytes. */
  Map<String, String> snapshot(int host) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Path file : files(host)) {
      files.put(on(host, "").relativize(file).toString(), Files.readString(file));
    }
    return files;
  }

  /** Every file of a replica with what is another when the file is replaced. */
  Map<Path, Object> inodes(int host) throws IOException {
    Map<Path, Object> keys = new TreeMap<>();
    for (Path file : files(host)) {
      keys.put(file, Files.getAttribute(file, "unix:ino"));
    }
    return keys;
  }

  private List<Path> files(int host) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(on(host, ""))) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    return files;
  }
}
