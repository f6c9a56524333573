package io.hawser.filesystem;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStateException;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.NodeFacts;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Sends the trees of the images over SSH, to many hosts at once. */
final class UploadedRootfs implements Filesystem {
  private final Cluster cluster;
  private final SshClient ssh;
  private final MountOptions options;
  private final Function<Collection<Host>, ClusterLock> locks;

  UploadedRootfs(Cluster cluster, SshClient ssh, MountOptions options) {
    this(cluster, ssh, options, hosts -> ClusterLock.take(ssh, cluster, hosts));
  }

  private UploadedRootfs(
      Cluster cluster,
      SshClient ssh,
      MountOptions options,
      Function<Collection<Host>, ClusterLock> locks) {
    this.cluster = cluster;
    this.ssh = ssh;
    this.options = options;
    this.locks = locks;
  }

  /** The same under a lock that the caller has. */
  UploadedRootfs under(ClusterLock lock) {
    if (!lock.cluster().equals(cluster.name())) {
      throw new IllegalArgumentException(
          "the lock is for cluster "
              + lock.cluster()
              + ", but the filesystem for "
              + cluster.name()
              + "; make both of one cluster");
    }
    return new UploadedRootfs(cluster, ssh, options, hosts -> lock.lend());
  }

  @Override
  public Report mountRootfs(Collection<? extends CharSequence> hosts) {
    List<Host> selected = cluster.select(hosts);
    if (selected.isEmpty()) {
      return Report.empty();
    }
    RootfsTrees trees =
        RootfsTrees.of(cluster, options.templates(), options.check(), options.treeOptions());
    return onEach(
        "mountRootfs",
        RootfsTrees.OWNER,
        selected,
        access ->
            access.apply(RootfsTrees.OWNER, trees.changes(access.host(), facts(trees, access))));
  }

  /** What the host is asked for only where it matters. */
  private static NodeFacts facts(RootfsTrees trees, HostAccess access) {
    return trees.dependOnArchitecture() ? access.facts() : NodeFacts.of(Map.of());
  }

  @Override
  public Report unMountRootfs(Collection<? extends CharSequence> hosts) {
    return onEach(
        "unMountRootfs",
        "unmount",
        cluster.select(hosts),
        access -> {
          refuseWhileScriptsStand(access.host(), access.journal());
          return access.undo(
              entry -> entry.owner().equals(RootfsTrees.OWNER), options.undoOptions());
        });
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

  private Report onEach(
      String call, String step, List<Host> hosts, Function<HostAccess, List<ChangeResult>> work) {
    Report report;
    try (ClusterLock lock = locks.apply(hosts)) {
      report =
          Report.of(
              FanOut.map(
                  hosts,
                  options.width(),
                  host ->
                      HostStep.changes(
                          host.address(), step, () -> work.apply(access(lock, host)))));
    }
    if (!report.succeeded()) {
      throw new FilesystemException(call, report);
    }
    return report;
  }

  private HostAccess access(ClusterLock lock, Host host) {
    return lock.access(host).withUploads(options.uploads()).withListener(options.listener());
  }
}
