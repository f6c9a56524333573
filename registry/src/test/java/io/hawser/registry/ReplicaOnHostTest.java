package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.HostAccess;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filling and auditing through the agent, in a shell of this machine. */
class ReplicaOnHostTest {
  private static final String DATA = "/var/lib/sealos/data/c/registry";

  @TempDir Path directory;
  private TestImage image;
  private String web;
  private String pause;
  private Cluster cluster;
  private LocalShell shell;

  @BeforeEach
  void twoHostsLiveBelowTheirRoots() throws IOException {
    image = new TestImage(directory.resolve("image"));
    web = image.push("shop/web", "1.0", "layer one", "layer two");
    pause = image.push("pause", "3.9", "layer one");
    cluster =
        Cluster.named("c")
            .hosts(host("10.0.0.1", "h1"), host("10.0.0.2", "h2"))
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    shell = new LocalShell(directory.resolve("scratch"));
  }

  private Host host(String address, String name) throws IOException {
    Path root = directory.resolve(name);
    Files.createDirectories(root.resolve("var/lib"));
    return Host.at(address).roles(Role.MASTER, Role.REGISTRY).root(root.toString()).build();
  }

  private Registries registries() {
    return Registries.builder(cluster).secrets(ClusterSecretStores.inMemory()).build();
  }

  private Report distribute() {
    return registries().distribute(shell, cluster.hosts());
  }

  private HostResult audit(String address) {
    return registries().audit(HostAccess.to(shell, cluster, cluster.host(address)));
  }

  private Path onHost(String name, String path) {
    return directory.resolve(name + DATA).resolve(path);
  }

  @Test
  void emptyHostsAreFilledAndASecondRunSendsNothing() {
    assertThat(audit("10.0.0.1").status()).isEqualTo(Status.FAILED);
    Report report = distribute();
    assertThat(report.results())
        .as(report::toTable)
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.CHANGED);
    assertThat(audit("10.0.0.1").message()).isEqualTo("all 17 files are right");
    assertThat(audit("10.0.0.2").status()).isEqualTo(Status.OK);
    assertThat(distribute().results())
        .extracting(HostResult::status)
        .containsExactly(Status.OK, Status.OK);
    // What was copied is itself a whole storage.
    assertThat(RegistryContent.read(List.of(directory.resolve("h1" + DATA))).verify()).isEmpty();
  }

  @Test
  @DisplayName("D4 D5 D6 damage is named and healed by distributing again")
  void damageIsNamedAndHealedByDistributingAgain() throws IOException {
    distribute();
    String flipped = StorageEntry.blobPath(image.blob("layer one"));
    String truncated = StorageEntry.blobPath(image.blob("layer two"));
    String missing = StorageEntry.layerPath("pause", image.blob("layer one"));
    Files.writeString(onHost("h1", flipped), "Layer one");
    Files.writeString(onHost("h1", truncated), "lay");
    Files.delete(onHost("h1", missing));
    assertThat(audit("10.0.0.1").details())
        .containsExactlyInAnyOrder(
            "damaged: " + flipped + ", 9 bytes",
            "truncated: " + truncated + ", 3 of 9 bytes",
            "missing: " + missing);
    assertThat(distribute().results())
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.OK);
    assertThat(audit("10.0.0.1").status()).isEqualTo(Status.OK);
    assertThat(onHost("h1", flipped)).hasContent("layer one");
  }

  @Test
  @DisplayName("D7 tag that was moved on one replica is found")
  void tagThatWasMovedOnOneReplicaIsFound() throws IOException {
    distribute();
    Path tag = onHost("h2", StorageEntry.tagPath("pause", "3.9"));
    Files.writeString(tag, "sha256:" + web);
    assertThat(audit("10.0.0.2").details())
        .containsExactly(
            "split: tag pause:3.9 points at sha256:" + web + ", in the images at sha256:" + pause);
    Files.writeString(tag, "sha256:" + "0".repeat(64));
    assertThat(audit("10.0.0.2").details())
        .containsExactly(
            "split: tag pause:3.9 points at nothing that is known, in the images at sha256:"
                + pause);
    assertThat(audit("10.0.0.1").status()).isEqualTo(Status.OK);
  }

  @Test
  void imagesOfOthersAreKept() throws IOException {
    TestImage theirs = new TestImage(directory.resolve("theirs"));
    String digest = theirs.push("theirs", "1", "their layer");
    Path link = onHost("h1", StorageEntry.revisionPath("theirs", digest));
    Files.createDirectories(link.getParent());
    Files.writeString(link, "sha256:" + digest);
    distribute();
    assertThat(link).exists();
    assertThat(audit("10.0.0.1").message())
        .isEqualTo("all 17 files are right; 1 foreign files are kept");
  }

  @Test
  void hostThatCannotBeFilledDoesNotHideTheOther() throws IOException {
    Files.createDirectories(directory.resolve("h1/var/lib/sealos/data"));
    Files.writeString(directory.resolve("h1/var/lib/sealos/data/c"), "a file is in the way");
    Report report = distribute();
    assertThat(report.results())
        .extracting(HostResult::status)
        .containsExactly(Status.FAILED, Status.CHANGED);
    assertThat(report.failures().get(0).hint()).startsWith("run again");
  }
}
