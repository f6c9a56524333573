package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostChange;
import io.hawser.host.Listing;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether there are bytes and inodes, and 5 % more, for what the host does not have yet, on the
 * file system of each destination.
 */
record SpaceCheck(Supplier<RootfsTrees> trees, Registries registries) implements Question {
  /** What is to be written to one file system. */
  private record Need(long bytes, long inodes) {
    Need and(Need other) {
      return new Need(bytes + other.bytes, inodes + other.inodes);
    }
  }

  @Override
  public Finding inspect(ReachedHost host) {
    Map<Room, Need> needs = new LinkedHashMap<>();
    for (TreeChange change : trees(host)) {
      Optional<Room> room = Room.of(host.facts(), change.path());
      if (room.isEmpty()) {
        return host.untold("what is free for " + change.path());
      }
      needs.merge(room.get(), missing(host, change), Need::and);
    }
    List<String> problems = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    needs.forEach(
        (room, need) -> {
          figures.add(figures(room, need));
          if (isShort(need.bytes(), room.bytes())) {
            problems.add(room.mount() + " is too small: " + figures(room, need));
          } else if (isShort(need.inodes(), room.inodes())) {
            problems.add(
                String.format(
                    "%s has too few inodes: %d needed, %d free",
                    room.mount(), need.inodes(), room.inodes()));
          }
        });
    if (problems.isEmpty()) {
      return Finding.ok(figures.isEmpty() ? "nothing is sent" : String.join("; ", figures));
    }
    return Finding.failed(String.join("; ", problems))
        .advice("spec.env SEALOS_DATA_ROOT", "free space there, or use another data root");
  }

  private List<TreeChange> trees(ReachedHost inspected) {
    Host host = inspected.host();
    List<HostChange> changes = new ArrayList<>(changes(inspected));
    if (registries.replicas().contains(host)) {
      changes.addAll(registries.contentChanges(host));
    }
    return changes.stream()
        .filter(TreeChange.class::isInstance)
        .map(TreeChange.class::cast)
        .toList();
  }

  private List<HostChange> changes(ReachedHost host) {
    return trees.get().changes(host.host(), host.facts());
  }

  private static boolean isShort(long need, long free) {
    return need > 0 && free < need + need / 20;
  }

  private static Need missing(ReachedHost host, TreeChange change) {
    Map<String, Listing.Entry> there = host.access().list(change.path(), false).entries();
    long bytes = 0;
    long inodes = 0;
    for (TreeFile file : change.tree().files()) {
      Listing.Entry entry = there.get(file.path());
      bytes += isThere(entry, file) ? 0 : file.size();
      inodes += entry == null ? 1 : 0;
    }
    return new Need(bytes, inodes);
  }

  private static boolean isThere(Listing.@Nullable Entry entry, TreeFile file) {
    return entry != null && entry.type() == file.type() && entry.size() == file.size();
  }

  private static String figures(Room room, Need need) {
    return mebibytes(need.bytes()) + " needed, " + mebibytes(room.bytes()) + " free";
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
