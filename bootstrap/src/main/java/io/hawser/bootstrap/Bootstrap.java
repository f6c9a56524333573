package io.hawser.bootstrap;

import io.hawser.report.Report;
import java.util.Collection;

/**
 * Brings the hosts of a cluster up and takes everything back. Hosts are named by address, {@code
 * ip} or {@code ip:port}.
 *
 * <p>Each call has three forms: without arguments it means all hosts; with addresses, or a
 * collection of them, it means those. An empty array or collection means no host: the report is
 * empty and nothing is done, so that a filter that matched nothing does not reset a cluster.
 *
 * <p>A step ends on all its hosts before the next starts; a host that failed is skipped from then
 * on and does not stop the others, unless a {@link FailurePolicy} says so. Every call may be
 * repeated: what is as wanted stays as it is. docs/steps.md has the order, hooks and deadlines.
 *
 * <p>Registries are added, removed and replaced on a running cluster by {@link #init()} or {@link
 * #applyExternalDeps()} after the roles of the hosts, or the placement, were changed. A host that
 * has a registry of ours and shall have none keeps it until every host of the cluster uses others:
 * so in calls for all hosts only, in which none of them failed. Its row is called {@code retire}.
 *
 * <p>Hosts that sealos brought up before are taken over as they are: their init scripts are not run
 * again, and in mode {@code SEALOS} a registry that serves there becomes one of the replicas. A row
 * called {@code adopt} says so. When one of them cannot be taken over nothing is begun anywhere.
 *
 * <p>Thread-safe, but two calls that change one host must not run at once.
 */
public interface Bootstrap {
  /**
   * What {@link #init()} and {@link #applyExternalDeps()} would do on all hosts, after the images'
   * trees were mounted; changes nothing. {@link PlannedRun} carries it out as it is.
   */
  Plan plan();

  /** {@link #preflight(Collection)} on all hosts. */
  Report preflight();

  /** {@link #preflight(Collection)} on these hosts. */
  Report preflight(CharSequence... hosts);

  /**
   * Looks whether the hosts can be brought up: asks every check of {@link
   * Bootstraps#preflightChecks()} of every host, and the rootfs's own {@code check} script where
   * the rootfs is mounted and the host is not initialised yet. Each finding is a row; a bad host is
   * a row too, not an exception, and a check that could not be made is neither passed nor failed.
   *
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report preflight(Collection<? extends CharSequence> hosts);

  /** {@link #init(Collection)} on all hosts. */
  Report init();

  /** {@link #init(Collection)} on these hosts. */
  Report init(CharSequence... hosts);

  /**
   * Initialises hosts, in this order: the dependencies marked before-init (first of all the
   * registries), the registry's name, {@code init-cri}, {@code init}, and last the nodes'
   * endpoints, because the runtime's scripts write some of their own.
   *
   * @throws BootstrapException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report init(Collection<? extends CharSequence> hosts);

  /** {@link #applyExternalDeps(Collection)} on all hosts. */
  Report applyExternalDeps();

  /** {@link #applyExternalDeps(Collection)} on these hosts. */
  Report applyExternalDeps(CharSequence... hosts);

  /**
   * Applies every registered dependency, the registries first: artifacts to every replica, a
   * registry on each, audit, readiness, and the nodes' endpoints. May be called alone, before or
   * after {@code init}; after a finished {@code init} it changes nothing.
   *
   * @throws BootstrapException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report applyExternalDeps(Collection<? extends CharSequence> hosts);

  /** {@link #reset(Collection)} on all hosts. */
  Report reset();

  /** {@link #reset(Collection)} on these hosts. */
  Report reset(CharSequence... hosts);

  /**
   * Undoes what the journals of the hosts hold, newest first, except the mounted trees, which are
   * {@code Filesystem.unMountRootfs}'s. Works from any half state; goes on when a host is down, and
   * finishes that host when called again.
   *
   * @throws BootstrapException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   * @throws IllegalArgumentException if the cluster has no such host
   */
  Report reset(Collection<? extends CharSequence> hosts);
}
