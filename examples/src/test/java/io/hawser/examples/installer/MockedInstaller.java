package io.hawser.examples.installer;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The installer with hosts in memory, a home of its own and a person who types what a test says.
 */
final class MockedInstaller implements Terminal {
  final MockSsh ssh = MockSsh.create();
  final Path home;
  final String image;
  final Deque<String> typed = new ArrayDeque<>();
  boolean interactive;
  String piped = "";
  String out = "";
  String err = "";
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  MockedInstaller(Path directory) {
    home = directory.resolve("home");
    image = SampleImages.of(2).writeRootfs(directory.resolve("rootfs")).mountPoint().toString();
    ssh.when("*", "check").answer(0, "", "");
    ssh.when("*", "init").answer(0, "", "").writes("/etc/initialised", "yes");
    ssh.when("*", "undo of init").answer(0, "", "").removes("/etc/initialised");
  }

  /** Runs a command; what it printed is in {@link #out} and {@link #err}. */
  int run(Object... arguments) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    home.toFile().mkdirs();
    int status =
        HawserCommand.run(
            surroundings(),
            new PrintWriter(stdout, true),
            new PrintWriter(stderr, true),
            List.of(arguments).stream().map(String::valueOf).toArray(String[]::new));
    out = stdout.toString();
    err = stderr.toString();
    return status;
  }

  Surroundings surroundings() {
    return new Surroundings(home, policy -> ssh.client(), cluster -> cluster, secrets, this);
  }

  Path saved() {
    return home.resolve(".hawser/default/Clusterfile");
  }

  /** What a reader of the saved Clusterfile gets. */
  Cluster cluster() {
    return Clusterfiles.read(saved());
  }

  boolean serves(String host) {
    return ssh.units(host).containsKey("hawser-registry-default");
  }

  /** What nodes are told of the registries. */
  String list(String host) {
    return ssh.files(host).text("/etc/containerd/certs.d/sealos.hub:5000/hosts.toml");
  }

  @Override
  public boolean isInteractive() {
    return interactive;
  }

  @Override
  public String line() {
    return typed.isEmpty() ? "" : typed.removeFirst();
  }

  @Override
  public Secret hiddenLine() {
    return Secret.of(line());
  }

  @Override
  public String input() {
    return piped;
  }
}
