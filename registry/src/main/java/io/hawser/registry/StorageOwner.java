package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.Listing;
import io.hawser.host.TreeFile;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whether the storage on a host was begun by somebody else. */
record StorageOwner(String directory) {
  private static final int NAMED = 5;

  /** A row that says why nothing may be brought there; empty when it may. */
  Optional<HostResult> refusal(Host host, HostAccess access) {
    HostResult row = HostStep.run(host.address(), Distribution.STEP, () -> look(host, access));
    return row.status().isFailure() ? Optional.of(row) : Optional.empty();
  }

  private HostResult look(Host host, HostAccess access) {
    List<String> foreign = isOurs(access) ? List.of() : files(access.list(directory, false));
    if (foreign.isEmpty()) {
      return HostResult.of(host.address(), Distribution.STEP, Status.OK, "nobody else's storage");
    }
    return TargetRow.failed(
            host,
            directory
                + " holds "
                + foreign.size()
                + " files that are not of this cluster's journal")
        .details(foreign.stream().sorted().limit(NAMED).toList())
        .advice(
            null, "move them away, or let them stay beside the artifacts: ExistingStorage.MERGE");
  }

  private boolean isOurs(HostAccess access) {
    return access.journal().stream()
        .anyMatch(entry -> entry.kind().equals("tree") && entry.target().equals(directory));
  }

  private static List<String> files(Listing listing) {
    return listing.entries().entrySet().stream()
        .filter(entry -> entry.getValue().type() != TreeFile.Type.DIRECTORY)
        .map(Map.Entry::getKey)
        .toList();
  }
}
