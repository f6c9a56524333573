package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.ImageScripts;
import io.hawser.host.LinkChange;
import io.hawser.host.NodeFacts;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry that the scripts of a sealos rootfs install, prepared as sealos does. */
final class RootfsRegistry implements InstallChanges {
  private final Cluster cluster;
  private final GeneratedSecrets generated;

  RootfsRegistry(Cluster cluster, GeneratedSecrets generated) {
    this.cluster = cluster;
    this.generated = generated;
  }

  @Override
  public List<HostChange> on(Host replica, NodeFacts facts, RegistrySettings settings) {
    HostChange script =
        ImageScripts.of(cluster)
            .change(replica, "init-registry", "clean-registry")
            .orElseThrow(
                () ->
                    new RegistryException(
                        replica.address()
                            + ": the rootfs has no label init-registry, so nothing installs its"
                            + " registry; add the label to the image, or use mode SAFE"));
    String etc = HostPaths.of(cluster).rootfs() + "/etc";
    List<HostChange> changes = new ArrayList<>();
    changes.add(new LinkChange(settings.dataDirectory(), storage()));
    changes.add(
        FileChange.secret(etc + "/registry_htpasswd", generated.htpasswd(settings).reveal()));
    if (!imageHasInfo()) {
      changes.add(FileChange.secret(etc + "/registry.yml", info(replica, settings)));
    }
    changes.add(script);
    return List.copyOf(changes);
  }

  /** Where the image brings the file, plain or as a template, it is the mount's to write. */
  private boolean imageHasInfo() {
    return cluster.mounts().stream()
        .flatMap(mount -> mount.trees().stream())
        .map(tree -> tree.resolve("etc"))
        .anyMatch(
            etc ->
                Files.exists(etc.resolve("registry.yml"))
                    || Files.exists(etc.resolve("registry.yml.tmpl")));
  }

  /** Scripts read it line by line, so each value stands in its line, in quotes. */
  private static String info(Host replica, RegistrySettings settings) {
    return String.join(
        "\n",
        "ip: " + ConfigFile.quoted(replica.address()),
        "domain: " + ConfigFile.quoted(settings.domain()),
        "port: " + ConfigFile.quoted(String.valueOf(settings.port())),
        "username: " + ConfigFile.quoted(settings.username()),
        "password: " + ConfigFile.quoted(settings.password().reveal()),
        "data: " + ConfigFile.quoted(settings.dataDirectory()),
        "");
  }

  @Override
  public String storage() {
    return HostPaths.of(cluster).rootfs() + "/registry";
  }

  @Override
  public String hint() {
    return "on the host, look at: systemctl status registry; journalctl -n 20 -u registry";
  }

  @Override
  public Optional<String> caching() {
    // The configuration is the image's, and that of sealos has a cache of sizes in memory.
    return Optional.of("registry");
  }
}
