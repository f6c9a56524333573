package io.hawser.lab.hosts;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.TreeFile;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryTransport;
import io.hawser.registry.ReplicaService;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Replicas of a rootfs's registry on all hosts of a lab, driven from a JVM in their network; with
 * plain HTTP unless chosen otherwise, so that tests can ask them with anything.
 */
public final class LabReplicas implements AutoCloseable {
  private static final String BASE = "docker/registry/v2/";

  private final SshClient ssh;
  private final Cluster cluster;
  private final Registries registries;

  /** Replicas of everything in mode SAFE. */
  public LabReplicas(Lab lab, Path rootfs) {
    this(lab, rootfs, "lab", Map.of(), builder -> builder.mode(RegistryMode.SAFE));
  }

  /** Others; the environment of the image may say more, such as another port. */
  public LabReplicas(
      Lab lab,
      Path rootfs,
      String name,
      Map<String, String> env,
      UnaryOperator<Registries.Builder> choices) {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    List<Host> hosts =
        IntStream.rangeClosed(1, lab.size())
            .mapToObj(i -> Host.at(lab.address(i)).ssh(access).roles(Role.MASTER, Role.REGISTRY))
            .map(Host.Builder::build)
            .toList();
    Map<String, String> labels =
        Map.of(
            "init-registry", "init-registry.sh $registryData $registryConfig",
            "clean-registry", "clean-registry.sh $registryData $registryConfig");
    this.cluster =
        Cluster.named(name)
            .hosts(hosts)
            .mount(new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, env, labels))
            .build();
    this.ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build();
    Registries.Builder builder =
        Registries.builder(cluster)
            .transport(RegistryTransport.PLAIN_HTTP)
            .secrets(ClusterSecretStores.inMemory());
    this.registries = choices.apply(builder).build();
  }

  /** The client to all hosts. */
  public SshClient client() {
    return ssh;
  }

  /** The cluster. */
  public Cluster cluster() {
    return cluster;
  }

  /** The registries. */
  public Registries registries() {
    return registries;
  }

  /** Access to a host, counted from 1. */
  public HostAccess access(int host) {
    return HostAccess.to(ssh, cluster, cluster.hosts().get(host - 1));
  }

  /** Fills the replicas. */
  public void fill() {
    good(registries.distribute(ssh, cluster.hosts()));
  }

  /** Installs a replica, proves it and points its host at all replicas. */
  public void serve(int host) {
    HostAccess access = access(host);
    List<HostChange> install = registries.installChanges(access.host(), access.facts());
    good(ReplicaService.of(access, install).install());
    good(
        access.apply(
            Distribution.OWNER,
            registries.endpointChanges(access.host(), access.facts(), cluster.hosts())));
    HostResult ready = registries.ready(access);
    good(Report.of(List.of(ready)));
  }

  private static void good(List<ChangeResult> results) {
    for (ChangeResult result : results) {
      if (result.outcome() == HostChange.Outcome.FAILED) {
        throw new AssertionError(result.toString());
      }
    }
  }

  private static void good(Report report) {
    if (!report.succeeded()) {
      throw new AssertionError(report.toTable());
    }
  }

  /** The blobs of an image by their digests, without the algorithm, the largest first. */
  public List<String> blobs(String image) {
    return registries.content().only(List.of(image)).tree().files().stream()
        .filter(file -> file.path().startsWith(BASE + "blobs/") && file.path().endsWith("/data"))
        .sorted(Comparator.comparingLong(TreeFile::size).reversed())
        .map(TreeFile::sha256)
        .toList();
  }

  /** The path of a blob below the storage. */
  public static String blob(String digest) {
    return BASE + "blobs/sha256/" + digest.substring(0, 2) + "/" + digest + "/data";
  }

  /** The path of something of a repository below the storage. */
  public static String of(String repository, String rest) {
    return BASE + "repositories/" + repository + "/" + rest;
  }

  @Override
  public void close() {
    ssh.close();
  }
}
