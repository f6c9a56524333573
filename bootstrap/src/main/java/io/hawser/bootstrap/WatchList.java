package io.hawser.bootstrap;

import static io.hawser.host.Watched.Group.PROGRAM;
import static io.hawser.host.Watched.Group.SYSTEM;
import static io.hawser.host.Watched.Kind.BLOCKS;
import static io.hawser.host.Watched.Kind.DIRECTORY;
import static io.hawser.host.Watched.Kind.FILE;
import static io.hawser.host.Watched.Kind.SERVICE;
import static io.hawser.host.Watched.Kind.SWAP;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.DirectoryChange;
import io.hawser.host.HostChange;
import io.hawser.host.WatchChange;
import io.hawser.host.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the scripts of a rootfs change on a host beside Hawser and their own clean scripts do not,
 * or not wholly, take back. Not here, since only a boot brings it back: values of the running
 * kernel, loaded modules, SELinux's mode until then.
 */
final class WatchList {
  /** Under this name it stands in plans, reports and journals. */
  static final String NAME = "scripts";

  static final ImmutableList<Watched> ITEMS =
      ImmutableList.of(
          // Settings of the system: what scripts did to them stays with keepSystemSettings(true).
          new Watched(SYSTEM, FILE, "/etc/selinux/config"),
          new Watched(SYSTEM, BLOCKS, "/etc/hosts"),
          new Watched(SYSTEM, FILE, "/etc/sysctl.conf"),
          new Watched(SYSTEM, DIRECTORY, "/etc/sysctl.d"),
          new Watched(SYSTEM, DIRECTORY, "/etc/modules-load.d"),
          new Watched(SYSTEM, FILE, "/etc/security/limits.conf"),
          new Watched(SYSTEM, FILE, "/etc/fstab"),
          new Watched(SYSTEM, SWAP, "swap"),
          new Watched(SYSTEM, SERVICE, "firewalld.service"),
          new Watched(SYSTEM, SERVICE, "ufw.service"),
          // The container runtime, and what it is told.
          new Watched(PROGRAM, DIRECTORY, "/etc/containerd"),
          new Watched(PROGRAM, DIRECTORY, "/etc/docker"),
          new Watched(PROGRAM, DIRECTORY, "/etc/ld.so.conf.d"),
          new Watched(PROGRAM, DIRECTORY, "/etc/cni"),
          new Watched(PROGRAM, FILE, "/etc/crictl.yaml"),
          new Watched(PROGRAM, FILE, "/etc/image-cri-shim.yaml"),
          // Unit files, and what is dropped beside them; of their directory the mode, which that of
          // the rootfs's becomes when it is copied over it.
          new Watched(PROGRAM, FILE, "/etc/systemd/system"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/registry.service"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/containerd.service"),
          new Watched(PROGRAM, DIRECTORY, "/etc/systemd/system/containerd.service.d"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/docker.service"),
          new Watched(PROGRAM, DIRECTORY, "/etc/systemd/system/docker.service.d"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/cri-docker.service"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/cri-docker.socket"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/image-cri-shim.service"),
          new Watched(PROGRAM, FILE, "/etc/systemd/system/kubelet.service"),
          new Watched(PROGRAM, DIRECTORY, "/etc/systemd/system/kubelet.service.d"));

  private WatchList() {}

  /**
   * The pre-images of all, taken before the first script runs; and the directory to which scripts
   * copy programs, if it is not the usual one: they do not make it.
   */
  static List<HostChange> changes(Cluster cluster, Host host) {
    Map<String, String> env = cluster.env(host);
    List<HostChange> changes = new ArrayList<>();
    if (WatchedPrograms.isElsewhere(env)) {
      changes.add(new DirectoryChange(WatchedPrograms.directory(env), 0755));
    }
    List<Watched> items = new ArrayList<>(ITEMS);
    items.addAll(WatchedPrograms.of(cluster, env));
    changes.add(new WatchChange(NAME, items));
    return changes;
  }
}
