package io.hawser.lab.hosts;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistrySettings;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Hosts of a lab of which the first are registries, set up by a bootstrap; each call is one of a
 * new program that knows its secrets.
 */
public record LabInstallation(
    Lab lab,
    Path rootfs,
    int replicas,
    RegistryTransport transport,
    ClusterSecrets secrets,
    Map<String, String> env) {

  /** One with plain HTTP. */
  public static LabInstallation of(Lab lab, Path rootfs, int replicas) {
    return new LabInstallation(
        lab,
        rootfs,
        replicas,
        RegistryTransport.PLAIN_HTTP,
        ClusterSecretStores.inMemory(),
        Map.of());
  }

  /** The same with TLS. */
  public LabInstallation withTls() {
    return new LabInstallation(lab, rootfs, replicas, RegistryTransport.TLS, secrets, env);
  }

  /** The same when the secrets were lost. */
  public LabInstallation forgetful() {
    return new LabInstallation(
        lab, rootfs, replicas, transport, ClusterSecretStores.inMemory(), env);
  }

  /** The same with a value in the environment of the cluster. */
  public LabInstallation with(String name, String value) {
    return new LabInstallation(lab, rootfs, replicas, transport, secrets, Map.of(name, value));
  }

  /** Makes a call. */
  public Report call(Function<Bootstrap, Report> what) {
    try (SshClient ssh =
        SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
      return what.apply(
          Bootstraps.builder(cluster(), ssh)
              .secrets(secrets)
              .transport(transport)
              .drainWithin(Duration.ofSeconds(2))
              .build());
    }
  }

  /** What nodes log in with. */
  public RegistrySettings login() {
    Registries registries =
        Registries.builder(cluster()).transport(transport).secrets(secrets).build();
    return registries.settings(registries.replicas().get(0));
  }

  private Cluster cluster() {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    List<Host> hosts = new ArrayList<>();
    for (int i = 1; i <= lab.size(); i++) {
      Host.Builder host = Host.at(lab.address(i)).ssh(access);
      boolean replica = i <= replicas;
      hosts.add(
          replica ? host.roles(Role.MASTER, Role.REGISTRY).build() : host.roles(Role.NODE).build());
    }
    ImageMount image =
        new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, Map.of(), Map.of());
    return Cluster.named("lab").hosts(hosts).env(env).mount(image).build();
  }
}
