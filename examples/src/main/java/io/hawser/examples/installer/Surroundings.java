package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the installer has around it; tests give it other hosts, another home and another person.
 *
 * @param home the directory of the user
 * @param ssh makes the client that reaches hosts
 * @param hosts what is done to a cluster that was read, for example to give its hosts roots
 * @param secrets where generated credentials are kept
 * @param terminal who may be asked
 */
record Surroundings(
    Path home,
    Function<HostKeyPolicy, SshClient> ssh,
    UnaryOperator<Cluster> hosts,
    ClusterSecrets secrets,
    Terminal terminal) {

  /** This machine and its user. */
  static Surroundings real() {
    return new Surroundings(
        Path.of(System.getProperty("user.home")),
        policy -> SshClients.jsch().hostKeys(policy).build(),
        cluster -> cluster,
        ClusterSecretStores.standard(),
        new SystemTerminal());
  }
}
