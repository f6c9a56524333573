package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.HostPaths;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabReplicas;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.RegistryMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containerd pulls from a replica while that is synced, by a sync that dies after each file. */
@RealHosts(1)
@InControllerNetwork
@Timeout(180)
class LiveSyncOnHostsIT {
  private static final String OLD = "lab/app:v1";
  private static final String NEW = "lab/db:v2";

  @Test
  @DisplayName("D11 containerd pulls every visible tag while a sync dies after each file")
  void everyVisibleTagPulls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    try (LabReplicas before = replicas(lab, rootfs, List.of(OLD));
        LabReplicas after = replicas(lab, rootfs, List.of(OLD, NEW))) {
      before.fill();
      before.serve(1);
      String storage = HostPaths.of(before.cluster()).registry();
      killSyncsAfterEachFile(lab, storage);
      CompletableFuture<Ran> loop =
          CompletableFuture.supplyAsync(() -> lab.on(1, pullLoop(OLD)).ok());
      int deaths = 0;
      try {
        while (deaths < 50 && !isSynced(after)) {
          deaths++;
          String tag = storage + "/" + LabReplicas.of("lab/db", "_manifests/tags/v2");
          if (lab.on(1, "test -e " + tag).status() == 0) {
            pull(lab, NEW).ok();
          }
        }
      } finally {
        lab.on(1, "rm -f /run/looping /usr/local/bin/mv").ok();
      }
      List<String> pulls = loop.get(60, TimeUnit.SECONDS).lines();
      System.out.println(
          "shown: " + pulls.size() + " pulls while a sync died " + deaths + " times");
      assertThat(pulls).hasSizeGreaterThan(5).containsOnly("pulled");
      assertThat(deaths).isBetween(8, 49);
      pull(lab, NEW).ok();
      assertThat(after.registries().audit(after.access(1)).status().isFailure()).isFalse();
    }
  }

  private static LabReplicas replicas(Lab lab, Path rootfs, List<String> images) {
    return new LabReplicas(
        lab, rootfs, "lab", Map.of(), it -> it.mode(RegistryMode.SAFE).only(images));
  }

  private static boolean isSynced(LabReplicas replicas) {
    return replicas
        .registries()
        .distribute(replicas.client(), replicas.cluster().hosts())
        .succeeded();
  }

  /** A program that moves one file of those it was given, and then kills who called it. */
  private static void killSyncsAfterEachFile(Lab lab, String storage) {
    String text =
        """
        cat >/usr/local/bin/mv <<'END'
        #!/bin/sh
        case $PWD/ in
          %s/docker/*) ;;
          *) exec /bin/mv "$@" ;;
        esac
        # mv -f -- FILE... ./
        /bin/mv -f -- "$3" ./
        kill -KILL $PPID
        END
        chmod 755 /usr/local/bin/mv
        """
            .formatted(storage);
    lab.on(1, text).ok();
  }

  /**
   * Pulls all the time while a file is there, in a namespace of its own: others remove all theirs.
   */
  private static String pullLoop(String image) {
    return ": >/run/looping; while [ -e /run/looping ]; do ctr -n loop images rm --sync "
        + "$(ctr -n loop images ls -q) >/dev/null 2>&1; ctr -n loop images pull --hosts-dir "
        + "/etc/containerd/certs.d sealos.hub:5000/"
        + image
        + " >/run/pulled 2>&1 && echo pulled || cat /run/pulled; done";
  }

  private static Ran pull(Lab lab, String image) {
    return lab.on(
        1,
        "ctr images rm --sync $(ctr images ls -q) >/dev/null 2>&1; timeout 60 ctr images pull"
            + " --hosts-dir /etc/containerd/certs.d sealos.hub:5000/"
            + image
            + " 2>&1");
  }
}
