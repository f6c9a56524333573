package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.host.TreeChange;
import io.hawser.report.HostResult;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The last script of a rootfs, after which the {@code etc/} of the rootfs is put back as it was
 * mounted: scripts edit files there (that of containerd {@code config.toml}, and copies it then),
 * and what is not ours any more would be sent again by the next run and kept by an unmount.
 */
record InitScript(ChangeStep script, Supplier<RootfsTrees> trees) implements Step {
  private static final String CONFIGURATION = "etc";

  @Override
  public String name() {
    return script.name();
  }

  @Override
  public boolean appliesTo(Host host) {
    return script.appliesTo(host);
  }

  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    return script.changes(access, facts);
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts,
        host ->
            ScriptStep.advised(
                HostStep.changes(host.address(), name(), () -> results(reach.access(host))),
                reach,
                host));
  }

  private List<ChangeResult> results(HostAccess access) {
    List<ChangeResult> results =
        new ArrayList<>(access.apply(name(), changes(access, access.facts())));
    boolean ran = results.stream().anyMatch(is(HostChange.Outcome.CHANGED));
    if (ran && results.stream().noneMatch(is(HostChange.Outcome.FAILED))) {
      for (TreeChange tree : mounted(access)) {
        results.addAll(access.putBack(tree, CONFIGURATION));
      }
    }
    return results;
  }

  private static Predicate<ChangeResult> is(HostChange.Outcome outcome) {
    return result -> result.outcome() == outcome;
  }

  /** Only what lies there already: to mount is somebody else's to do. */
  private List<TreeChange> mounted(HostAccess access) {
    Set<String> there =
        access.journal().stream()
            .filter(entry -> entry.owner().equals(RootfsTrees.OWNER))
            .map(entry -> entry.target())
            .collect(Collectors.toSet());
    // Who runs scripts without having the images' trees here cannot put them back.
    boolean known =
        access.cluster().mounts().stream().allMatch(image -> Files.isDirectory(image.mountPoint()));
    return there.isEmpty() || !known
        ? List.of()
        : trees.get().changes(access.host(), access.facts()).stream()
            .filter(TreeChange.class::isInstance)
            .map(TreeChange.class::cast)
            .filter(change -> there.contains(change.path()))
            .toList();
  }
}
