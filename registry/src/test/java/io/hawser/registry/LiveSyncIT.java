package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry that serves while its storage is synced, by a sync that dies again and again. */
class LiveSyncIT {
  @TempDir Path directory;
  private TestImage image;
  private Cluster cluster;
  private Host replica;
  private Registries before;
  private Registries registries;
  private LocalShell shell;

  @BeforeEach
  void replicaHoldsOneImage() throws IOException {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo");
    Files.createDirectories(directory.resolve("host/var/lib"));
    Files.createDirectories(directory.resolve("host/etc"));
    shell = new LocalShell(directory.resolve("scratch"));
    replica =
        Host.at(RegistryProcess.ADDRESS)
            .roles(Role.MASTER)
            .root(directory.resolve("host").toString())
            .build();
    image = new TestImage(directory.resolve("image"));
    image.push("shop/web", "old", "base", "first");
    image.push("shop/web", "moving", "base", "first");
    cluster =
        Cluster.named("it")
            .hosts(replica)
            .env(Map.of("registryPort", RegistryProcess.freePort()))
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    ClusterSecrets secrets = ClusterSecretStores.inMemory();
    before =
        Registries.builder(cluster)
            .transport(RegistryTransport.PLAIN_HTTP)
            .secrets(secrets)
            .build();
    assertThat(before.distribute(shell, List.of(replica)).succeeded()).isTrue();
    image.push("shop/web", "moving", "base", "second");
    image.push("shop/other", "new", "base", "third");
    registries =
        Registries.builder(cluster)
            .transport(RegistryTransport.PLAIN_HTTP)
            .secrets(secrets)
            .build();
  }

  private boolean sync(LocalShell through) {
    return registries.distribute(through, List.of(replica)).succeeded();
  }

  /** Installs all but the service, and gives the service's command. */
  private List<String> install() {
    NodeFacts facts = NodeFacts.of(Map.of("tools", "docker-registry"));
    List<HostChange> changes = new ArrayList<>(registries.installChanges(replica, facts));
    UnitChange unit = (UnitChange) changes.remove(changes.size() - 1);
    HostAccess.to(shell, cluster, replica).apply(Distribution.OWNER, changes);
    return RegistryProcess.command(unit.content());
  }

  /** A shell whose agent is killed right after it has put the next file into the storage. */
  private LocalShell dying() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    String storage = replica.resolve(registries.settings(replica).dataDirectory());
    Path mv =
        Files.writeString(
            bin.resolve("mv"),
            """
            #!/bin/sh
            case $PWD/ in
              %s/docker/*) ;;
              *) exec /bin/mv "$@" ;;
            esac
            # mv -f -- FILE... ./
            /bin/mv -f -- "$3" ./ && echo "$PWD/$3" >>%s
            kill -KILL $PPID
            """
                .formatted(storage, directory.resolve("moved")));
    Files.setPosixFilePermissions(mv, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new LocalShell(directory.resolve("scratch"), bin + ":" + System.getenv("PATH"));
  }

  @Test
  @DisplayName("D11 F4 while a sync dies after each file, every visible tag pulls fully")
  void everyVisibleTagPullsFully() throws Exception {
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), install())) {
      assertThat(registry).isNotNull();
      assertThat(before.ready(HostAccess.to(shell, cluster, replica)).status())
          .isEqualTo(Status.OK);
      RegistrySettings settings = registries.settings(replica);
      String url = Endpoints.of(replica, settings).url();
      VisibleTags tags = new VisibleTags(url, settings);
      assertThat(tags.pullAll()).containsExactly("shop/web:moving", "shop/web:old");
      int deaths = 0;
      try (VisibleTags.Loop loop = tags.loop()) {
        LocalShell dying = dying();
        while (deaths < 100 && !sync(dying)) {
          deaths++;
          assertThat(Files.readAllLines(directory.resolve("moved"))).hasSize(deaths);
          assertThat(tags.pullAll()).contains("shop/web:old", "shop/web:moving");
          skopeo(url, settings, "shop/web:old", deaths);
        }
        assertThat(loop.rounds()).isGreaterThan(deaths);
      }
      assertThat(deaths).isBetween(10, 99);
      assertThat(tags.pullAll())
          .containsExactly("shop/other:new", "shop/web:moving", "shop/web:old");
      skopeo(url, settings, "shop/other:new", 0);
    }
  }

  private void skopeo(String url, RegistrySettings settings, String name, int run)
      throws Exception {
    RegistryProcess.run(
        directory,
        "skopeo",
        "copy",
        "--src-tls-verify=false",
        "--src-creds",
        settings.username() + ":" + settings.password().reveal(),
        "docker://" + url.substring("http://".length()) + "/" + name,
        "dir:" + directory.resolve("pulled-" + run));
  }
}
