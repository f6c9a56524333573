package io.hawser.filesystem;

import io.hawser.report.Report;
import java.util.Collection;

/** Puts a cluster's images on its hosts and takes them off again. Hosts are named by address. */
public interface Filesystem {
  /**
   * Brings rootfs and patch images to the hosts, and application images to the first master if it
   * is among them; templates are rendered per host, {@code registry/} is left out. What is there
   * already is not sent again.
   *
   * @param hosts addresses; none means that nothing is done
   * @return one row per host
   * @throws FilesystemException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report mountRootfs(Collection<? extends CharSequence> hosts);

  /**
   * Removes what {@link #mountRootfs} brought, and nothing else: files that somebody added stay. A
   * host on which scripts of the rootfs have run and were not undone is refused, since their undo
   * needs the rootfs: reset it first.
   *
   * @param hosts addresses; none means that nothing is done
   * @return one row per host
   * @throws FilesystemException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report unMountRootfs(Collection<? extends CharSequence> hosts);
}
