package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content pushed by skopeo, read, copied and served by a real registry with our configuration. */
class ManagedRegistryIT {
  @TempDir Path directory;
  private Cluster cluster;
  private Registries registries;
  private LocalShell shell;
  private Host replica;
  private RegistrySettings settings;
  private String manifest;

  @BeforeEach
  void imageIsPushedByAnotherProgram() throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo", "curl");
    int port = RegistryProcess.freePort();
    Files.createDirectories(directory.resolve("host/var/lib"));
    Files.createDirectories(directory.resolve("host/etc"));
    shell = new LocalShell(directory.resolve("scratch"));
    replica =
        Host.at(RegistryProcess.ADDRESS)
            .roles(Role.MASTER)
            .root(directory.resolve("host").toString())
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
    registries =
        Registries.builder(cluster)
            .transport(RegistryTransport.PLAIN_HTTP)
            .secrets(ClusterSecretStores.inMemory())
            .build();
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

  /** Distributes, installs all but the service, and gives the service's command. */
  private List<String> install() {
    HostAccess access = HostAccess.to(shell, cluster, replica);
    assertThat(registries.distribute(shell, List.of(replica)).failures()).isEmpty();
    assertThat(registries.audit(access).status()).isEqualTo(Status.OK);
    NodeFacts facts = NodeFacts.of(Map.of("tools", "docker-registry"));
    List<HostChange> changes = new ArrayList<>(registries.installChanges(replica, facts));
    UnitChange unit = (UnitChange) changes.remove(changes.size() - 1);
    assertThat(access.apply(Distribution.OWNER, changes))
        .extracting(ChangeResult::outcome)
        .doesNotContain(HostChange.Outcome.FAILED);
    return RegistryProcess.command(unit.content());
  }

  private String url() {
    return Endpoints.of(replica, settings).url();
  }

  private HostResult ready() {
    return registries.ready(HostAccess.to(shell, cluster, replica));
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
  @DisplayName("S14 copied content is served to those with credentials and never written")
  void copiedContentIsServedToThoseWithCredentialsAndNeverWritten() throws Exception {
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), install())) {
      assertThat(registry).isNotNull();
      HostResult ready = ready();
      assertThat(ready.status()).as(ready.message()).isEqualTo(Status.OK);
      assertThat(ready.message()).contains("a manifest and a blob of shop/web");
      assertThat(registries.verify(shell, List.of(replica)).failures()).isEmpty();
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
  @DisplayName("D4 damage under a running registry is seen and its repair is served at once")
  void damageUnderARunningRegistryIsSeenAndItsRepairIsServedAtOnce() throws Exception {
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
