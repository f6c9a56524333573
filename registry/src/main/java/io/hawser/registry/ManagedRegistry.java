package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hawser's own service around the registry program. */
final class ManagedRegistry implements InstallChanges {
  private static final List<String> IN_IMAGES = List.of("cri/registry", "bin/registry");
  private static final List<String> ON_PATH = List.of("docker-registry", "registry");

  /** The last names of files in the directory of the configuration. */
  static final String CONFIG = "/registry.yml";

  static final String PASSWORDS = "/registry_htpasswd";

  static final String IDENTITY = "/registry_tls.pem";

  private final Cluster cluster;
  private final GeneratedSecrets generated;

  ManagedRegistry(Cluster cluster, GeneratedSecrets generated) {
    this.cluster = cluster;
    this.generated = generated;
  }

  @Override
  public List<HostChange> on(Host replica, NodeFacts facts, RegistrySettings settings) {
    String program = program(replica, facts);
    String config = settings.configDirectory() + CONFIG;
    String htpasswd = passwordFile(settings);
    Optional<Secret> identity =
        settings.transport() == RegistryTransport.TLS
            ? Optional.of(generated.serverCertificate(replica, settings))
            : Optional.empty();
    String tls = settings.configDirectory() + IDENTITY;
    // The service sees the machine's paths: below the host's root where that is not the machine's.
    String text =
        ConfigFile.of(
            listen(replica, settings.port()),
            replica.resolve(settings.dataDirectory()),
            replica.resolve(htpasswd),
            generated.httpSecret(),
            identity.map(pem -> replica.resolve(tls)));
    List<HostChange> changes = new ArrayList<>();
    changes.add(new DirectoryChange(settings.configDirectory(), 0700));
    changes.add(new DirectoryChange(settings.dataDirectory(), 0755));
    // Before the service: without the file the registry invents a user and logs the password.
    changes.add(FileChange.secret(htpasswd, generated.htpasswd(settings).reveal()));
    identity.ifPresent(pem -> changes.add(FileChange.secret(tls, pem.reveal())));
    changes.add(FileChange.secret(config, text));
    // The certificate counts as configuration: the registry reads it when it starts.
    String all = text + identity.map(Secret::reveal).orElse("");
    changes.add(
        new UnitChange(
            ServiceUnit.name(cluster.name()),
            ServiceUnit.of(cluster.name(), program, replica.resolve(config), all)));
    return List.copyOf(changes);
  }

  /** Where the password file lies. */
  static String passwordFile(RegistrySettings settings) {
    return settings.configDirectory() + PASSWORDS;
  }

  /** All addresses; but hosts that live below a root share a machine, and there only its own. */
  private static String listen(Host replica, int port) {
    return replica.root().equals("/") ? ":" + port : Endpoints.authority(replica, port);
  }

  private String program(Host replica, NodeFacts facts) {
    for (String path : IN_IMAGES) {
      if (inImages(path)) {
        return replica.resolve(HostPaths.of(cluster).rootfs() + "/" + path);
      }
    }
    Optional<String> found = ON_PATH.stream().filter(facts::has).findFirst();
    // systemd wants an absolute path, and the facts do not say in which directory it is.
    return found
        .map(name -> "/usr/bin/env " + name)
        .orElseThrow(
            () ->
                new RegistryException(
                    replica.address()
                        + ": no registry program: neither "
                        + String.join(" nor ", IN_IMAGES)
                        + " in the images (with the permission to execute), nor "
                        + String.join(" or ", ON_PATH)
                        + " on the host's PATH; use a rootfs image that has one, install the"
                        + " package docker-registry on the host (and disable its own service, which"
                        + " takes the port), or place the registry elsewhere"));
  }

  private boolean inImages(String path) {
    return cluster.mounts().stream()
        .filter(mount -> mount.type() != ImageType.APPLICATION)
        .map(ImageMount::mountPoint)
        .map(mountPoint -> mountPoint.resolve(path))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  @Override
  public String storage() {
    return HostPaths.of(cluster).registry();
  }

  @Override
  public String hint() {
    String unit = ServiceUnit.name(cluster.name());
    return "on the host, look at: systemctl status " + unit + "; journalctl -n 20 -u " + unit;
  }

  @Override
  public Optional<String> caching() {
    return Optional.empty(); // its configuration has no cache
  }
}
