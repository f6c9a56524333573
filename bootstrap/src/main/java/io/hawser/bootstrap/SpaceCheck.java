package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.Listing;
import io.hawser.host.NodeFacts;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether /var has room for what the host does not have yet, and 5 % more. */
record SpaceCheck(Supplier<RootfsTrees> trees, Registries registries) implements PreflightCheck {
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
    Stream<? extends HostChange> changes = trees.get().changes(host, facts).stream();
    if (registries.replicas().contains(host)) {
      changes = Stream.concat(changes, registries.contentChanges(host).stream());
    }
    long need =
        changes
            .filter(TreeChange.class::isInstance)
            .mapToLong(change -> missing(access, (TreeChange) change))
            .sum();
    String figures = mebibytes(need) + " needed, " + mebibytes(Long.parseLong(free)) + " free";
    if (need + need / 20 <= Long.parseLong(free)) {
      return HostResult.of(host.address(), name(), Status.OK, figures);
    }
    return HostResult.of(host.address(), name(), Status.FAILED, "/var is too small: " + figures)
        .advice("spec.env SEALOS_DATA_ROOT", "free space below /var, or use another data root");
  }

  private static long missing(HostAccess access, TreeChange change) {
    Map<String, Listing.Entry> there = access.list(change.path(), false).entries();
    return change.tree().files().stream()
        .filter(file -> !isThere(there.get(file.path()), file))
        .mapToLong(TreeFile::size)
        .sum();
  }

  private static boolean isThere(Listing.@Nullable Entry entry, TreeFile file) {
    return entry != null && entry.type() == file.type() && entry.size() == file.size();
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
