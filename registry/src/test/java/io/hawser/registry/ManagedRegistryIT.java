package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.TreeFile;
import io.hawser.host.UnitChange;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content pushed by skopeo, read, copied and served by a real registry with our configuration. */
class ManagedRegistryIT {
  @TempDir Path directory;
  private Cluster cluster;
  private Registries registries;
  private Host replica;
  private RegistrySettings settings;
  private String manifest;

  @BeforeEach
  void imageIsPushedByAnotherProgram() throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo");
    int port = RegistryProcess.freePort();
    replica =
        Host.at(RegistryProcess.ADDRESS)
            .roles(Role.MASTER)
            .root(Files.createDirectories(directory.resolve("host")).toString())
            .build();
    cluster =
        Cluster.named("it")
            .hosts(replica)
            .env(Map.of("registryPort", port))
            .mount(
                new ImageMount(
                    "rootfs",
                    ImageType.ROOTFS,
                    "it",
                    directory.resolve("image"),
                    Map.of(),
                    Map.of()))
            .build();
    registries = Registries.builder(cluster).secrets(ClusterSecretStores.inMemory()).build();
    settings = registries.settings(replica);
    push();
  }

  private void push() throws Exception {
    int port = RegistryProcess.freePort();
    Path config = directory.resolve("writable.yml");
    Files.writeString(
        config,
        "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: "
            + directory.resolve("image/registry")
            + "\nhttp:\n  addr: "
            + RegistryProcess.ADDRESS
            + ":"
            + port
            + "\n");
    manifest = new OciImage(Files.createDirectories(directory.resolve("oci"))).write("1.0");
    try (RegistryProcess writable =
        RegistryProcess.start(
            directory.resolve("writable.log"),
            List.of("docker-registry", "serve", config.toString()))) {
      assertThat(writable).isNotNull();
      String url = "http://" + RegistryProcess.ADDRESS + ":" + port;
      assertThat(
              RegistryProcess.prober()
                  .ask(
                      "writable",
                      p -> RegistryProcess.probe(p, settings),
                      url,
                      settings,
                      Optional.empty(),
                      "")
                  .status())
          .isEqualTo(Status.OK);
      RegistryProcess.run(
          directory,
          "skopeo",
          "copy",
          "--preserve-digests",
          "--dest-tls-verify=false",
          "oci:" + directory.resolve("oci") + ":1.0",
          "docker://" + RegistryProcess.ADDRESS + ":" + port + "/shop/web:1.0");
    }
  }

  /** What distributing and installing leave on the host. */
  private List<String> install() throws IOException {
    Path storage = Path.of(replica.resolve(settings.dataDirectory()));
    for (TreeFile file : registries.content().tree().files()) {
      Path target = storage.resolve(file.path());
      if (file.type() == TreeFile.Type.DIRECTORY) {
        Files.createDirectories(target);
      } else {
        Files.createDirectories(target.getParent());
        try (InputStream in = file.open()) {
          Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    NodeFacts facts = NodeFacts.of(Map.of("tools", "docker-registry"));
    List<String> command = List.of();
    for (HostChange change : registries.installChanges(replica, facts)) {
      if (change instanceof FileChange file) {
        Path target = Path.of(replica.resolve(file.path()));
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.content().reveal());
      } else if (change instanceof UnitChange unit) {
        command = RegistryProcess.command(unit.content());
      }
    }
    return command;
  }

  private String url() {
    return Endpoints.of(replica, settings).url();
  }

  private HostResult ready() {
    return RegistryProcess.prober()
        .ask(
            replica.address(),
            probe -> RegistryProcess.probe(probe, settings),
            url(),
            settings,
            registries.content().known(),
            "");
  }

  @Test
  void whatSkopeoPushedIsReadWithoutProblems() {
    RegistryContent content = registries.content();
    assertThat(content.verify()).isEmpty();
    assertThat(content.repositories()).containsExactly("shop/web");
    assertThat(content.tags("shop/web")).containsExactly("1.0");
    assertThat(content.tree().files()).noneMatch(file -> file.path().contains("_uploads"));
    assertThat(content.known()).map(KnownArtifact::manifest).contains(manifest);
  }

  @Test
  void s14CopiedContentIsServedToThoseWithCredentialsAndNeverWritten() throws Exception {
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), install())) {
      assertThat(registry).isNotNull();
      assertThat(ready().status()).as(ready().message()).isEqualTo(Status.OK);
      assertThat(RegistryProcess.status("GET", url() + "/v2/", Optional.empty())).isEqualTo(401);
      RegistrySettings wrong =
          new RegistrySettings(
              settings.mode(), "x", 1, settings.username(), Secret.of("no"), "/", "/");
      assertThat(RegistryProcess.status("GET", url() + "/v2/", Optional.of(wrong))).isEqualTo(401);
      String upload = url() + "/v2/shop/web/blobs/uploads/";
      assertThat(RegistryProcess.status("POST", upload, Optional.of(settings))).isEqualTo(405);
      String remove = url() + "/v2/shop/web/manifests/sha256:" + manifest;
      assertThat(RegistryProcess.status("DELETE", remove, Optional.of(settings))).isEqualTo(405);
      RegistryProcess.run(
          directory,
          "skopeo",
          "copy",
          "--src-tls-verify=false",
          "--src-creds",
          settings.username() + ":" + settings.password().reveal(),
          "docker://" + url().substring("http://".length()) + "/shop/web:1.0",
          "dir:" + directory.resolve("pulled"));
      assertThat(directory.resolve("pulled/manifest.json"))
          .hasSameBinaryContentAs(directory.resolve("oci/blobs/sha256").resolve(manifest));
    }
    assertThat(Files.readString(directory.resolve("registry.log")))
        .doesNotContain(settings.password().reveal(), "panic", "level=fatal");
  }

  @Test
  void d4DamageUnderARunningRegistryIsSeenAndItsRepairIsServedAtOnce() throws Exception {
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), install())) {
      assertThat(registry).isNotNull();
      assertThat(ready().status()).isEqualTo(Status.OK);
      KnownArtifact known = registries.content().known().orElseThrow();
      Path blob =
          Path.of(replica.resolve(settings.dataDirectory()), StorageEntry.blobPath(known.blob()));
      byte[] whole = Files.readAllBytes(blob);
      Files.write(blob, new byte[] {'x'});
      String url = url() + "/v2/shop/web/blobs/sha256:" + known.blob();
      assertThat(RegistryProcess.send("GET", url, null, Optional.of(settings)).body()).hasSize(1);
      Files.write(blob, whole);
      assertThat(RegistryProcess.send("GET", url, null, Optional.of(settings)).body())
          .isEqualTo(whole);
    }
  }
}
