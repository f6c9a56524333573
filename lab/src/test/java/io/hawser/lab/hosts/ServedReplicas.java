package io.hawser.lab.hosts;

import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Replicas in mode SAFE that serve on all hosts, to be asked from a JVM of this machine. */
public final class ServedReplicas implements AutoCloseable {
  private final Lab lab;
  private final Doors doors;
  private final RegistrySettings settings;

  private ServedReplicas(Lab lab, Doors doors, RegistrySettings settings) {
    this.lab = lab;
    this.doors = doors;
    this.settings = settings;
  }

  /** Fills, installs and proves them, from a JVM in the hosts' network. */
  public static ServedReplicas up(Lab lab, Path rootfs) throws IOException {
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    Path secrets = rootfs.resolveSibling("secrets");
    lab.exec(
            System.getProperty("java.home") + "/bin/java",
            "-Dhawser.home=" + lab.tool().getParent().getParent(),
            "-cp",
            System.getProperty("java.class.path"),
            ServedReplicas.class.getName(),
            rootfs.toString(),
            secrets.toString())
        .ok();
    try (LabReplicas replicas = replicas(lab, rootfs, secrets)) {
      RegistrySettings settings = replicas.registries().settings(replicas.cluster().hosts().get(0));
      return new ServedReplicas(lab, new Doors(lab, settings.port()), settings);
    }
  }

  private static LabReplicas replicas(Lab lab, Path rootfs, Path secrets) {
    return new LabReplicas(
        lab,
        rootfs,
        "lab",
        Map.of(),
        it -> it.mode(RegistryMode.SAFE).secrets(ClusterSecretStores.directory(secrets)));
  }

  /** Takes the rootfs and the directory of the secrets. */
  public static void main(String... words) {
    Lab lab = Lab.attached();
    try (LabReplicas replicas = replicas(lab, Path.of(words[0]), Path.of(words[1]))) {
      replicas.fill();
      for (int host = 1; host <= lab.size(); host++) {
        replicas.serve(host);
      }
    }
    System.exit(0);
  }

  /** A way to ask a replica as its user. */
  public RegistryClient client(int host) {
    return new RegistryClient(
        Doors.ADDRESS + ":" + doors.port(host),
        settings.username() + ":" + settings.password().reveal());
  }

  /** A way to ask it as nobody. */
  public RegistryClient stranger(int host) {
    return new RegistryClient(Doors.ADDRESS + ":" + doors.port(host), "");
  }

  /** Copies an image, of all its platforms, from a replica into a new OCI image layout. */
  public SourceImage copy(int host, String image, Path layout) {
    lab.exec(
            "skopeo",
            "--insecure-policy",
            "copy",
            "--all",
            "--preserve-digests",
            "--src-tls-verify=false",
            "--src-creds=" + settings.username() + ":" + settings.password().reveal(),
            "--quiet",
            "docker://" + lab.address(host) + ":" + settings.port() + "/" + image,
            "oci:" + layout)
        .ok();
    return new SourceImage(image, layout);
  }

  @Override
  public void close() throws IOException {
    doors.close();
  }
}
