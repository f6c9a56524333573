package io.hawser.registry;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.RelayedTree;
import io.hawser.host.TreeChange;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets the hosts pass the tree on to each other. */
final class RelayDistributor implements ArtifactDistributor {
  @Override
  public Report distribute(Distribution job) {
    long start = System.nanoTime();
    Map<Host, HostResult> rows = new LinkedHashMap<>();
    List<HostAccess> reached = new ArrayList<>();
    for (Host host : job.targets()) {
      try {
        reached.add(job.access(host));
      } catch (CancelledException e) {
        throw e;
      } catch (RuntimeException e) {
        // One host must not hide what came of the others, whatever it threw.
        rows.put(host, TargetRow.failed(host, String.valueOf(e.getMessage())));
      }
    }
    if (job.left().isNegative() || job.left().isZero()) {
      reached.forEach(access -> rows.put(access.host(), TargetRow.tooLate(access.host())));
    } else {
      relay(job, reached, rows);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<HostResult> inOrder = new ArrayList<>();
    for (Host host : job.targets()) {
      HostResult row = rows.getOrDefault(host, TargetRow.silent(host)).took(took);
      job.listener().onHost(row);
      inOrder.add(row);
    }
    return Report.of(inOrder);
  }

  private static void relay(
      Distribution job, List<HostAccess> reached, Map<Host, HostResult> rows) {
    TreeChange change = new TreeChange(job.directory(), job.content().tree());
    List<ChangeResult> results = RelayedTree.apply(Distribution.OWNER, change, reached);
    for (int i = 0; i < reached.size(); i++) {
      Host host = reached.get(i).host();
      rows.put(host, TargetRow.of(job, host, results.get(i)));
    }
  }
}
