package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.host.HostChange.Outcome;
import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabReplicas;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryPlacements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's watch with real containerd: two replicas that hang or fall silent in turn, one node. */
@RealHosts(3)
@InControllerNetwork
@Timeout(300)
class HealthWatchIT {
  private static final int NODE = 3;
  private static final String UNIT = "hawser-registry-lab";
  private static final String PROCESS = "$(systemctl show -p MainPID " + UNIT + " | cut -d= -f2)";
  private static final String TOML = "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml";
  private static final String SORTED = "grep -q '^# hawser: for now in place of' " + TOML;

  /** What a watch may take, and what this machine does beside it. */
  private static final Duration REACTION = Duration.ofSeconds(5 + 3);

  @Test
  @DisplayName(
      "S10 S11 a hung and a silent replica are left within seconds, a second run and undo see no change")
  void s10s11BadReplicasAreLeft(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    Files.delete(rootfs.resolve("cri/registry"));
    try (LabReplicas hosts = new LabReplicas(lab, rootfs)) {
      Bootstrap bootstrap = bootstrap(lab, hosts);
      List<List<String>> before = HostTrees.of(lab);
      bootstrap.init();
      pull(lab, 10);

      lab.on(1, "kill -STOP " + PROCESS).ok();
      double hung = await(lab, SORTED);
      pull(lab, 10);
      assertThat(endpointChanges(bootstrap)).as("what the watch changed is no change").isZero();
      lab.on(1, "kill -CONT " + PROCESS).ok();
      await(lab, "! " + SORTED);

      lab.verb("cut", "1").ok();
      double silent = await(lab, SORTED);
      pull(lab, 10);
      lab.verb("heal", "1").ok();
      await(lab, "! " + SORTED);

      lab.verb("kill", "" + NODE).ok();
      lab.verb("heal", "" + NODE).ok();
      lab.on(1, "kill -STOP " + PROCESS).ok();
      double afterBoot = await(lab, SORTED);
      System.out.printf(
          "shown: a hung replica was left after %.1f s, a silent one after %.1f s, after a boot %.1f s%n",
          hung, silent, afterBoot);

      bootstrap.reset(lab.address(NODE));
      assertThat(HostTrees.of(lab).get(NODE - 1)).isEqualTo(before.get(NODE - 1));
      lab.on(1, "kill -CONT " + PROCESS).ok();
      bootstrap.reset();
      assertThat(HostTrees.of(lab)).isEqualTo(before);
    }
  }

  private static Bootstrap bootstrap(Lab lab, LabReplicas hosts) {
    return Bootstraps.builder(hosts.cluster(), hosts.client())
        .mode(RegistryMode.SAFE)
        .secrets(ClusterSecretStores.inMemory())
        .placement(RegistryPlacements.at(lab.address(1), lab.address(2)))
        .build();
  }

  private static long endpointChanges(Bootstrap bootstrap) {
    return bootstrap.plan().items().stream()
        .filter(item -> item.step().equals("endpoints") || item.step().equals("names"))
        .flatMap(item -> item.changes().stream())
        .filter(change -> change.outcome() == Outcome.CHANGED)
        .count();
  }

  /** How many seconds it took until that was so on the node. */
  private static double await(Lab lab, String condition) throws IOException {
    long start = System.nanoTime();
    long limit = start + REACTION.toNanos();
    while (lab.on(NODE, condition).status() != 0) {
      assertThat(System.nanoTime())
          .as(() -> condition + ": " + lab.on(NODE, "cat " + TOML).output())
          .isLessThan(limit);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void pull(Lab lab, int seconds) {
    String image = "sealos.hub:5000/" + LabRootfs.IMAGES.get(0);
    lab.on(
            NODE,
            "timeout " + seconds + " ctr images pull --hosts-dir /etc/containerd/certs.d " + image)
        .ok();
    lab.on(NODE, "ctr images rm --sync " + image).ok();
  }
}
