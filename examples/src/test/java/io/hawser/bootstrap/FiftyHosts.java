package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Three registries and 47 nodes without a network, with a mounted sample image. */
final class FiftyHosts {
  static final String UNREACHABLE = "10.0.0.10";
  static final String LOGIN_REFUSED = "10.0.0.11";
  static final String OTHER_KEY = "10.0.0.12";
  static final String NO_SUDO = "10.0.0.13";
  static final String SCRIPT_FAILS = "10.0.0.14";
  static final String SCRIPT_HANGS = "10.0.0.15";
  static final String DISK_FULL = "10.0.0.3";

  final Cluster cluster;
  final MockSsh ssh = MockSsh.create();
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  FiftyHosts(Path directory) {
    this(directory, "fifty", 50);
  }

  FiftyHosts(Path directory, String name, int count) {
    List<Host> hosts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String user = i == 13 ? "deploy" : "root";
      hosts.add(
          Host.at("10.0.0." + i)
              .ssh(SshAccess.builder().user(user).build())
              .roles(i <= 3 ? new Role[] {Role.MASTER, Role.REGISTRY} : new Role[] {Role.NODE})
              .build());
    }
    cluster =
        Cluster.named(name)
            .hosts(hosts)
            .mount(
                SampleImages.of(1)
                    .withLayers(1)
                    .withLayerBytes(64)
                    .writeRootfs(directory.resolve(name)))
            .build();
    ssh.when("*", "init").answer(0, "", "").writes("/etc/initialised", "yes");
    ssh.when("*", "undo of init").answer(0, "", "").removes("/etc/initialised");
    Filesystems.of(cluster, ssh).mountRootfs(addresses());
  }

  List<String> addresses() {
    return cluster.hosts().stream().map(Host::address).toList();
  }

  Bootstraps.Builder builder() {
    return Bootstraps.builder(cluster, ssh).secrets(secrets);
  }

  /** Seven hosts fail in seven ways; for each what its row must say. */
  Map<String, String> failSeven() {
    ssh.unreachable(UNREACHABLE)
        .refuseLogin(LOGIN_REFUSED)
        .changedHostKey(OTHER_KEY)
        .refuseSudo(NO_SUDO)
        .freeSpace(DISK_FULL, 100, 1_000);
    ssh.when(SCRIPT_FAILS, "init").answer(1, "", "ERROR: no such runtime\n");
    ssh.when(SCRIPT_HANGS, "init").delay(Duration.ofDays(1));
    return Map.of(
        UNREACHABLE, "no answer",
        LOGIN_REFUSED, "refused",
        OTHER_KEY, "key",
        NO_SUDO, "sudo does not let user deploy become root",
        DISK_FULL, "free",
        SCRIPT_FAILS, "no such runtime",
        SCRIPT_HANGS, "limit");
  }

  boolean isInitialised(String address) {
    return ssh.files(address).exists("/etc/initialised");
  }

  boolean knowsRegistries(String address) {
    return ssh.files(address).paths().stream().anyMatch(path -> path.endsWith("hosts.toml"));
  }
}
