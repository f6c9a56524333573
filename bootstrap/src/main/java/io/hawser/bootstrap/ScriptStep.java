package io.hawser.bootstrap;

import io.hawser.HawserException;
import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.report.HostResult;
import java.util.List;

/** A step that runs a script of the rootfs, and so needs the rootfs on the host. */
record ScriptStep(ChangeStep step) implements WrappedStep {
  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(hosts, host -> advised(step.on(host, reach), reach, host));
  }

  /** A row that says what to do when its script failed because nobody mounted the rootfs. */
  static HostResult advised(HostResult row, LockedHosts reach, Host host) {
    return !row.status().isFailure() || row.hint() != null || isMounted(reach, host)
        ? row
        : row.advice(
            row.field(),
            "the rootfs is not mounted on this host: call mountRootfs first, then this again");
  }

  private static boolean isMounted(LockedHosts reach, Host host) {
    try {
      return reach.access(host).journal().stream()
          .anyMatch(entry -> entry.owner().equals(RootfsTrees.OWNER));
    } catch (HawserException e) {
      // A host that is lost by now has failed for another reason.
      return true;
    }
  }
}
