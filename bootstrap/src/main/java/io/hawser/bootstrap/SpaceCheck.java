package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.TreeChange;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether /var has room for what the host gets, were it sent whole, and 5 % more. */
record SpaceCheck(Cluster cluster, Registries registries) implements PreflightCheck {
  @Override
  public String name() {
    return "space";
  }

  @Override
  public boolean appliesTo(Host host) {
    return true;
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    Host host = access.host();
    String free = facts.get("free./var");
    if (!free.matches("[0-9]{1,18}")) {
      return HostResult.of(
          host.address(), name(), Status.NOT_CHECKED, "could not check: df gave no figure");
    }
    Stream<? extends HostChange> trees = RootfsTrees.of(cluster, false).changes(host).stream();
    if (registries.replicas().contains(host)) {
      trees = Stream.concat(trees, registries.contentChanges(host).stream());
    }
    List<? extends HostChange> all = trees.toList();
    long need =
        all.stream()
            .mapToLong(change -> change instanceof TreeChange tree ? tree.tree().bytes() : 0)
            .sum();
    String figures = mebibytes(need) + " needed, " + mebibytes(Long.parseLong(free)) + " free";
    if (need + need / 20 <= Long.parseLong(free)) {
      return HostResult.of(host.address(), name(), Status.OK, figures);
    }
    return HostResult.of(host.address(), name(), Status.FAILED, "/var is too small: " + figures)
        .advice("spec.env SEALOS_DATA_ROOT", "free space below /var, or use another data root");
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
