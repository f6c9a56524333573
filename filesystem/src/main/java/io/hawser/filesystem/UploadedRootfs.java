package io.hawser.filesystem;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStateException;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.UndoOption;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Sends the trees of the images over SSH, to many hosts at once. */
final class UploadedRootfs implements Filesystem {
  private final Cluster cluster;
  private final SshClient ssh;
  private final boolean strictTemplates;
  private final Set<UndoOption> undoOptions;
  private final int width;

  UploadedRootfs(
      Cluster cluster, SshClient ssh, boolean strictTemplates, boolean purge, int width) {
    this.cluster = cluster;
    this.ssh = ssh;
    this.strictTemplates = strictTemplates;
    this.undoOptions = purge ? Set.of(UndoOption.PURGE) : Set.of();
    this.width = width;
  }

  @Override
  public Report mountRootfs(Collection<? extends CharSequence> hosts) {
    List<Host> selected = cluster.select(hosts);
    if (selected.isEmpty()) {
      return Report.empty();
    }
    RootfsTrees trees = RootfsTrees.of(cluster, strictTemplates);
    return onEach(
        "mountRootfs",
        selected,
        host ->
            HostStep.changes(
                host.address(),
                RootfsTrees.OWNER,
                () -> access(host).apply(RootfsTrees.OWNER, trees.changes(host))));
  }

  @Override
  public Report unMountRootfs(Collection<? extends CharSequence> hosts) {
    return onEach(
        "unMountRootfs",
        cluster.select(hosts),
        host ->
            HostStep.changes(
                host.address(),
                "unmount",
                () -> {
                  HostAccess access = access(host);
                  refuseWhileScriptsStand(host, access.journal());
                  return access.undo(entry -> entry.owner().equals(RootfsTrees.OWNER), undoOptions);
                }));
  }

  private static void refuseWhileScriptsStand(Host host, List<JournalEntry> journal) {
    List<String> scripts =
        journal.stream()
            .filter(entry -> entry.kind().equals("command") && entry.undoable())
            .map(JournalEntry::target)
            .toList();
    if (!scripts.isEmpty()) {
      throw new HostStateException(
          host.address(),
          "the effects of "
              + String.join(", ", scripts)
              + " still stand and their clean scripts lie in the rootfs; reset the host first");
    }
  }

  private Report onEach(String call, List<Host> hosts, Function<Host, HostResult> work) {
    Report report = Report.of(FanOut.map(hosts, width, work));
    if (!report.succeeded()) {
      throw new FilesystemException(call, report);
    }
    return report;
  }

  private HostAccess access(Host host) {
    return HostAccess.to(ssh, cluster, host);
  }
}
