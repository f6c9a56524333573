package io.hawser.clusterfile;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.TreeBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds images that do not fit hosts whose architecture the Clusterfile names; the others are
 * looked at when they are reached.
 */
record ArchitectureCheck(List<Host> hosts, List<MountEntry> mounts, Problems problems) {
  private static final String HINT =
      "give a directory with one tree per architecture, or an archive with all platforms";

  /** Reports each misfit once for the hosts of an architecture, naming the first of them. */
  void check() {
    Map<String, Host> first = new LinkedHashMap<>();
    hosts.forEach(host -> host.arch().ifPresent(arch -> first.putIfAbsent(arch, host)));
    Optional<Host> master = hosts.stream().filter(host -> host.is(Role.MASTER)).findFirst();
    for (MountEntry mount : mounts) {
      if (mount.isOnEveryHost()) {
        first.forEach((architecture, host) -> check(mount, host, architecture));
      } else {
        master.ifPresent(
            host -> host.arch().ifPresent(architecture -> check(mount, host, architecture)));
      }
    }
  }

  private void check(MountEntry mount, Host host, String architecture) {
    Optional<Path> tree = mount.toMount().tree(architecture);
    Optional<String> misfit =
        tree.isPresent()
            ? misfit(mount, tree.get(), architecture)
            : Optional.of("there is no tree for it, only for " + mount.architectures().keySet());
    misfit.ifPresent(
        what ->
            problems.add(
                mount.treeAt(),
                mount.path() + ".mountPoint",
                "host " + host + " is " + architecture + ", but " + what,
                HINT));
  }

  private Optional<String> misfit(MountEntry mount, Path tree, String architecture) {
    try {
      return TreeBinaries.in(tree).misfit(architecture);
    } catch (IOException e) {
      problems.add(mount.treeAt(), mount.path(), "cannot read " + tree + ": " + e);
      return Optional.empty();
    }
  }

  /** The images with their trees for one architecture after the other; once if none has several. */
  List<List<MountEntry>> perArchitecture() {
    Set<String> all = new TreeSet<>();
    mounts.forEach(mount -> all.addAll(mount.architectures().keySet()));
    return all.isEmpty()
        ? List.of(mounts)
        : all.stream()
            .map(architecture -> mounts.stream().flatMap(m -> at(m, architecture)).toList())
            .toList();
  }

  private static Stream<MountEntry> at(MountEntry mount, String architecture) {
    return mount.toMount().tree(architecture).map(mount::withTree).stream();
  }
}
