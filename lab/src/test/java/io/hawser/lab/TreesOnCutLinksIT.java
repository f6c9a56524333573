package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabTrees;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** As {@link TreesOnLinksIT}, with links that stay cut until the run has noticed: minutes. */
@RealHosts(1)
@InControllerNetwork
@Timeout(600)
@EnabledIfSystemProperty(named = "hawser.long", matches = "true")
class TreesOnCutLinksIT {
  /** For some seconds the kernel remembers that nobody had the address. */
  private static void awaitRoute(Lab lab) {
    for (int i = 0; i < 20; i++) {
      if (lab.exec("ping", "-c", "1", "-W", "1", lab.address(1)).status() == 0) {
        return;
      }
    }
    throw new AssertionError("the healed host does not answer");
  }

  @Test
  @DisplayName("F1 a link that is cut for a minute fails within 45 s; the next run goes on")
  void aLinkThatIsCutForLong(Lab lab, @TempDir Path temp) throws Exception {
    Path tree = TreesOnLinksIT.tree(temp, TreesOnLinksIT.MEBIBYTES);
    for (double share : new double[] {0.1, 0.5, 0.9}) {
      try (LabTrees trees = new LabTrees(lab)) {
        long[] cut = {0};
        Runnable fault =
            () -> {
              cut[0] = System.nanoTime();
              lab.verb("cut", "1").ok();
            };
        HostResult row = TreesOnLinksIT.put(trees, tree, TreesOnLinksIT.at(share, fault));
        Duration found = Duration.ofNanos(System.nanoTime() - cut[0]);
        System.out.println("shown: cut at " + share + ", found after " + found);
        assertThat(found).isLessThan(Duration.ofSeconds(45));
        assertThat(row.status()).isEqualTo(Status.FAILED);
        TimeUnit.SECONDS.sleep(30); // the fault is a link that is gone for a minute
        lab.verb("heal", "1").ok();
        awaitRoute(lab);
        TreesOnLinksIT.assertResumes(lab, trees, tree, share);
      }
    }
  }
}
