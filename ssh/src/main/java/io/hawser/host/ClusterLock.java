package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.SshClient;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The right to change hosts of a cluster, which one run at a time has. {@code Filesystem} and
 * {@code Bootstrap} take it by themselves.
 *
 * <pre>{@code
 * try (ClusterLock lock = ClusterLock.take(ssh, cluster, cluster.hosts())) {
 *   lock.access(host).apply("my-step", changes);
 * }
 * }</pre>
 *
 * <p>It lies on the hosts. When this process ends in any way the hosts free it within seconds; when
 * it hangs or the network is gone, a minute later by their own clocks. Once somebody else has taken
 * it, the hosts refuse what this run still wants to change. Thread-safe.
 */
public final class ClusterLock implements Closeable {
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Uploads uploads = Uploads.atMost(Uploads.DEFAULT_LIMIT);
  private final SshClient ssh;
  private final Cluster cluster;
  private final ImmutableMap<Host, HostLock> locks;
  private final ImmutableMap<Host, HawserException> failures;
  private final boolean lent;

  private ClusterLock(
      SshClient ssh,
      Cluster cluster,
      Map<Host, HostLock> locks,
      Map<Host, HawserException> failures,
      boolean lent) {
    this.ssh = ssh;
    this.cluster = cluster;
    this.locks = ImmutableMap.copyOf(locks);
    this.failures = ImmutableMap.copyOf(failures);
    this.lent = lent;
  }

  /**
   * Takes the lock of each host. A host that cannot be reached keeps nobody from the others; {@link
   * #access} to it then says why.
   *
   * @throws ClusterLockedException at once, with nothing locked, if another run has one of them
   * @throws CancelledException if the thread is interrupted; nothing stays locked
   */
  public static ClusterLock take(SshClient ssh, Cluster cluster, Collection<Host> hosts) {
    return take(ssh, cluster, hosts, LockTerms.STANDARD);
  }

  static ClusterLock take(SshClient ssh, Cluster cluster, Collection<Host> hosts, LockTerms terms) {
    Taking taking = new Taking(ssh, cluster, terms);
    try {
      taking.takeAll(hosts);
    } finally {
      if (!taking.whole) {
        HostLock.giveBack(taking.taken(), CLOSE_NANOS);
      }
    }
    return new ClusterLock(ssh, cluster, taking.locks, taking.failures, false);
  }

  /** Hosts are taken one by one until one answers, which decides, and then all others at once. */
  private static final class Taking {
    private final SshClient ssh;
    private final Cluster cluster;
    private final LockTerms terms;
    private final LockOwner owner = LockOwner.here();
    private final Map<Host, HostLock> locks = new LinkedHashMap<>();
    private final Map<Host, HawserException> failures = new LinkedHashMap<>();
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private boolean whole;

    Taking(SshClient ssh, Cluster cluster, LockTerms terms) {
      this.ssh = ssh;
      this.cluster = cluster;
      this.terms = terms;
    }

    void takeAll(Collection<Host> hosts) {
      List<Host> rest = new ArrayList<>(hosts);
      // Who starts at the same time with the same hosts begins with the same one.
      rest.sort(
          Comparator.comparing((Host host) -> host.address())
              .thenComparingInt(host -> host.ssh().port())
              .thenComparing(Host::root));
      while (!rest.isEmpty() && locks.isEmpty()) {
        take(rest.remove(0));
      }
      List<Boolean> unused =
          FanOut.map(
              rest,
              FanOut.DEFAULT_WIDTH,
              host -> {
                take(host);
                return true;
              });
      whole = true;
    }

    synchronized List<HostLock> taken() {
      return List.copyOf(locks.values());
    }

    private void take(Host host) {
      try {
        HostLock lock = HostLock.take(ssh, cluster, host, owner, terms, over);
        synchronized (this) {
          locks.put(host, lock);
        }
      } catch (ClusterLockedException e) {
        over.completeExceptionally(e); // who waits for another host need not wait any more
        throw e;
      } catch (CancelledException e) {
        throw e;
      } catch (HawserException e) {
        synchronized (this) {
          failures.put(host, e);
        }
      }
    }
  }

  /**
   * Access to a host that was locked. What it changes is refused by the host once another run has
   * taken the lock. All hosts of the lock share one {@link Uploads}.
   *
   * @throws HawserException why the host could not be locked, if it could not be
   * @throws IllegalArgumentException if this lock is not for that host
   */
  public HostAccess access(Host host) {
    HawserException failure = failures.get(host);
    if (failure != null) {
      throw failure;
    }
    HostLock lock = locks.get(host);
    if (lock == null) {
      throw new IllegalArgumentException(
          host.address() + " is not among the hosts that were locked: " + locks.keySet());
    }
    return HostAccess.under(lock.generation(), ssh, cluster, host).withUploads(uploads);
  }

  /** The name of the cluster whose journals are written under this lock. */
  public String cluster() {
    return cluster.name();
  }

  /**
   * The same lock for a call within the work of its owner: closing what this gives does nothing,
   * and it is of no use any more when the owner has given the lock back.
   */
  public ClusterLock lend() {
    return new ClusterLock(ssh, cluster, locks, failures, true);
  }

  /**
   * Gives the lock back and waits until the hosts have it, at most five seconds; one second when
   * the thread is interrupted. May be called again.
   */
  @Override
  public void close() {
    if (lent) {
      return;
    }
    HostLock.giveBack(locks.values(), CLOSE_NANOS);
  }
}
