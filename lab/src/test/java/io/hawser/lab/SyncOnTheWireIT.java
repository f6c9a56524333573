package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.ClusterLock;
import io.hawser.host.TreeFile;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabReplicas;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.SourceImage;
import io.hawser.lab.hosts.Uplink;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.ArtifactDistributors;
import io.hawser.registry.RegistryContent;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sync of three replicas that have most of it already costs on the controller's link. */
@RealHosts(3)
@InControllerNetwork
@Timeout(180)
class SyncOnTheWireIT {
  private static final int HOSTS = 3;
  private static final int NEW_LAYER = 48 << 20;

  /** Bytes both ways for each host: a login, the programs that are called, and the answers. */
  private static final int NOTHING_NEW = 200_000;

  /**
   * A sync.
   *
   * @param wire what went over the controller's link, both ways
   * @param files how many files were to be sent, for all hosts together
   */
  private record Sync(Report report, Uplink wire, long files) {}

  @Test
  @DisplayName("a second sync sends no blob, and that of a changed image little but its new blobs")
  void onlyWhatIsNewIsSent(Lab lab, @TempDir Path temp) throws IOException {
    List<SourceImage> images = new ArrayList<>(LabRootfs.images(temp));
    Path before = LabRootfs.make(lab, temp.resolve("before"), images);
    // The first image again, with a further layer, under the tag that it has.
    images.add(
        SourceImage.write(
            temp.resolve("changed"),
            images.get(0).name(),
            LabRootfs.SEED,
            List.of(
                LabRootfs.LAYER_BYTES, LabRootfs.LAYER_BYTES, LabRootfs.LAYER_BYTES, NEW_LAYER)));
    Path after = LabRootfs.make(lab, temp.resolve("after"), images);
    // Through a relay each byte leaves once, without one for each host.
    judge(lab, "relay", ArtifactDistributors.standard(), before, after, 1);
    judge(lab, "direct", ArtifactDistributors.direct(), before, after, HOSTS);
  }

  private static void judge(
      Lab lab, String name, ArtifactDistributor distributor, Path before, Path after, int copies) {
    assertStatus(sync(lab, name, distributor, before), Status.CHANGED);

    Sync again = sync(lab, name, distributor, before);
    show(name + ", again", again, 0);
    assertStatus(again, Status.OK);
    assertThat(again.files()).as("files that were sent again").isZero();
    assertThat(again.wire().sent() + again.wire().received())
        .isLessThan((long) HOSTS * NOTHING_NEW);

    long news = newBlobs(lab, before, after);
    Sync changed = sync(lab, name, distributor, after);
    show(name + ", one image changed", changed, copies * news);
    assertStatus(changed, Status.CHANGED);
    assertThat(news).isBetween((long) NEW_LAYER, NEW_LAYER + 100_000L);
    // What Linux counts: a packet as it is handed to the link, which may become several frames.
    assertThat(changed.wire().sent() + changed.wire().received())
        .as("bytes on the wire both ways by %s of %s new", name, copies * news)
        .isLessThanOrEqualTo(copies * news * 102 / 100);
  }

  /** In a new JVM's manner: over new connections, by what is remembered on the hosts only. */
  private static Sync sync(Lab lab, String name, ArtifactDistributor distributor, Path rootfs) {
    try (LabReplicas replicas = replicas(lab, name, distributor, rootfs)) {
      // Images are read and digested before anything is sent; it is not part of what is counted.
      assertThat(replicas.registries().content().isEmpty()).isFalse();
      Map<String, AtomicLong> files = new LinkedHashMap<>();
      replicas.cluster().hosts().forEach(host -> files.put(host.address(), new AtomicLong()));
      Uplink start = Uplink.now();
      Report report;
      try (ClusterLock lock =
          ClusterLock.take(replicas.client(), replicas.cluster(), replicas.cluster().hosts())) {
        report =
            replicas
                .registries()
                .distribute(
                    host ->
                        lock.access(host)
                            .withListener(now -> files.get(now.host()).set(now.totalFiles())),
                    replicas.cluster().hosts());
      }
      replicas.client().close();
      return new Sync(
          report,
          Uplink.now().since(start),
          files.values().stream().mapToLong(AtomicLong::get).sum());
    }
  }

  private static LabReplicas replicas(
      Lab lab, String name, ArtifactDistributor distributor, Path rootfs) {
    return new LabReplicas(lab, rootfs, name, Map.of(), it -> it.distributor(distributor));
  }

  private static long newBlobs(Lab lab, Path before, Path after) {
    Map<String, Long> news = blobs(lab, after);
    news.keySet().removeAll(blobs(lab, before).keySet());
    return news.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The sizes of all blobs of a rootfs by their paths. */
  private static Map<String, Long> blobs(Lab lab, Path rootfs) {
    try (LabReplicas replicas = replicas(lab, "any", ArtifactDistributors.standard(), rootfs)) {
      RegistryContent content = replicas.registries().content();
      Map<String, Long> sizes = new LinkedHashMap<>();
      content.tree().files().stream()
          .filter(file -> file.type() == TreeFile.Type.FILE && file.path().endsWith("/data"))
          .forEach(file -> sizes.put(file.path(), file.size()));
      return sizes;
    }
  }

  private static void assertStatus(Sync sync, Status status) {
    assertThat(sync.report().results())
        .as(sync.report()::toTable)
        .hasSize(HOSTS)
        .extracting(HostResult::status)
        .containsOnly(status);
  }

  private static void show(String what, Sync sync, long news) {
    System.out.println(
        "shown: "
            + what
            + ": "
            + sync.wire().sent()
            + " bytes sent and "
            + sync.wire().received()
            + " received for "
            + news
            + " of new blobs");
  }
}
