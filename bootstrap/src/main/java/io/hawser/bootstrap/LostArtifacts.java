package io.hawser.bootstrap;

import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.registry.Distribution;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Images without artifacts are fine, unless hosts of the cluster got some from them once, or one
 * has a registry that sealos filled: then the controller has lost them. Replicas that hold them
 * serve on; none can be filled, and an empty one must not be shown to nodes as if it were whole.
 */
final class LostArtifacts {
  static final String HINT =
      "bring them back with ArtifactRescue from a replica that has them, and run again";

  private LostArtifacts() {}

  static boolean isOfArtifacts(JournalEntry entry) {
    return entry.owner().equals(Distribution.OWNER) && entry.kind().equals("tree");
  }

  /** A row for each replica; none at all when no host got artifacts before. */
  static List<HostResult> rows(List<Host> replicas, Hosts reach, Adopted adopted) {
    List<Host> all = reach.cluster().hosts();
    List<Boolean> has = FanOut.map(all, reach.width(), host -> holds(host, reach));
    List<Host> holders = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (has.get(i) || adopted.hasRegistry(all.get(i))) {
        holders.add(all.get(i));
      }
    }
    if (holders.isEmpty()) {
      return List.of();
    }
    String who = holders.stream().map(Host::address).collect(Collectors.joining(", "));
    return replicas.stream()
        .map(
            replica ->
                holders.contains(replica)
                    ? row(replica, Status.WARNING, "what this host has stays")
                    : row(replica, Status.FAILED, "this host is not filled; they are on " + who))
        .toList();
  }

  /** Who cannot be asked has a failed row in other steps. */
  private static boolean holds(Host host, Hosts reach) {
    HostResult row =
        HostStep.run(
            host.address(),
            DistributeStep.NAME,
            () -> {
              boolean found =
                  reach.access(host).journal().stream().anyMatch(LostArtifacts::isOfArtifacts);
              return row(host, found ? Status.OK : Status.SKIPPED, "");
            });
    return row.status() == Status.OK;
  }

  private static HostResult row(Host host, Status status, String what) {
    return HostResult.of(
            host.address(),
            DistributeStep.NAME,
            status,
            "the images hold no artifacts any more: " + what)
        .advice("status.mounts", HINT);
  }
}
