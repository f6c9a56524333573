package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.HostPaths;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether every place that is written to may be, and programs may run where the rootfs lies. */
record MountsCheck(Cluster cluster) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    Set<String> problems = new LinkedHashSet<>();
    for (String path : ReachCheck.destinations(cluster)) {
      Optional<Room> room = Room.of(host.facts(), path);
      if (room.isEmpty()) {
        return host.untold("what is free for " + path);
      }
      if (room.get().options().contains("ro")) {
        problems.add(room.get().mount() + " is mounted read-only, and " + path + " is below it");
      }
    }
    String rootfs = HostPaths.of(cluster).rootfs();
    Room.of(host.facts(), rootfs)
        .filter(room -> room.options().contains("noexec") && cluster.rootfs().isPresent())
        .ifPresent(
            room ->
                problems.add(
                    room.mount() + " is mounted noexec, and what " + rootfs + " holds shall run"));
    return problems.isEmpty()
        ? Finding.ok("everything may be written, and run")
        : Finding.failed(String.join("; ", problems))
            .advice("spec.env SEALOS_DATA_ROOT", "mount it otherwise, or use another data root");
  }
}
