package io.hawser.examples;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Three registries and two nodes without a network, with a sample image. */
final class MockedCluster {
  static final List<String> HOSTS =
      List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5");

  final Cluster cluster;
  final MockSsh ssh = MockSsh.create();
  final KnownSecrets secrets = new KnownSecrets();

  MockedCluster(Path directory) {
    cluster =
        Cluster.named("mocked")
            .hosts(
                Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("10.0.0.2").roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("10.0.0.3").roles(Role.REGISTRY).build(),
                Host.at("10.0.0.4").roles(Role.NODE).build(),
                Host.at("10.0.0.5").roles(Role.NODE).build())
            .mount(SampleImages.of(2).writeRootfs(directory))
            .build();
    ssh.when("*", "check").answer(0, "", "");
    ssh.when("*", "init").answer(0, "", "").writes("/etc/initialised", "yes");
    ssh.when("*", "undo of init").answer(0, "", "").removes("/etc/initialised");
  }

  Bootstrap bootstrap() {
    return Bootstraps.builder(cluster, ssh).secrets(secrets).build();
  }

  /** A bootstrap of the same hosts as if the Clusterfile had marked these as registries. */
  Bootstrap withRegistries(String... addresses) {
    List<String> registries = List.of(addresses);
    Cluster changed =
        cluster.withHosts(
            host -> {
              Host.Builder other =
                  Host.at(host.address()).roles(host.is(Role.MASTER) ? Role.MASTER : Role.NODE);
              return registries.contains(host.address())
                  ? other.roles(Role.REGISTRY).build()
                  : other.build();
            });
    return Bootstraps.builder(changed, ssh).secrets(secrets).build();
  }

  Filesystem filesystem() {
    return Filesystems.of(cluster, ssh);
  }

  /** Every path of every host, with the mode of what is no directory. */
  Map<String, List<String>> paths() {
    Map<String, List<String>> all = new TreeMap<>();
    for (String host : HOSTS) {
      List<String> lines = new ArrayList<>();
      Collection<String> paths = ssh.files(host).paths();
      for (String path : paths) {
        boolean plain = !ssh.files(host).isDirectory(path);
        lines.add(path + (plain ? " " + ssh.files(host).mode(path) : ""));
      }
      all.put(host, lines);
    }
    return all;
  }
}
