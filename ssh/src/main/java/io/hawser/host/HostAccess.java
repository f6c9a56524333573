package io.hawser.host;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.SshClient;
import java.util.List;
import java.util.function.Predicate;

/**
 * The one way by which Hawser changes a host: every change is written to the journal on the host
 * first, with what it replaces, and can therefore be compared, listed and undone.
 *
 * <p>The journal lies in {@code /var/lib/hawser/<cluster>} below the host's root, readable by root
 * only, and goes away with the last undone change. Not thread-safe: one object, one thread; several
 * objects for different hosts may be used at once.
 */
@SuppressWarnings("DoNotCallSuggester") // until the bodies land
public final class HostAccess {
  private final SshClient ssh;
  private final Cluster cluster;
  private final Host host;

  private HostAccess(SshClient ssh, Cluster cluster, Host host) {
    this.ssh = ssh;
    this.cluster = cluster;
    this.host = host;
  }

  /** Access to a host for one cluster. */
  public static HostAccess to(SshClient ssh, Cluster cluster, Host host) {
    return new HostAccess(ssh, cluster, host);
  }

  /** The host. */
  public Host host() {
    return host;
  }

  /** What is on the host; read-only. */
  public NodeFacts facts() {
    throw new HostStateException(host.address(), "facts: not there yet in this branch");
  }

  /** Runs a command that is no change (a check, a question), as {@link SshClient#run}. */
  public CommandResult run(Command command) {
    return ssh.run(host, command);
  }

  /** What each change would do: {@code SAME} or {@code CHANGED}; read-only. */
  public List<ChangeResult> compare(List<? extends HostChange> changes) {
    throw new HostStateException(host.address(), "compare: not there yet in this branch");
  }

  /**
   * Applies changes in order, journalling each before it happens; stops at the first that fails.
   *
   * @param owner under which name they are journalled, for example {@code registry}
   * @return one result for each change that was tried
   */
  public List<ChangeResult> apply(String owner, List<? extends HostChange> changes) {
    throw new HostStateException(host.address(), "apply: not there yet in this branch");
  }

  /** What the journal holds, oldest first; empty when there is none. */
  public List<JournalEntry> journal() {
    throw new HostStateException(host.address(), "journal: not there yet in this branch");
  }

  /**
   * Undoes what the journal holds, newest first, as far as the filter says; goes on after a
   * failure. When nothing is left in the journal it is removed.
   */
  public List<ChangeResult> undo(Predicate<JournalEntry> which) {
    throw new HostStateException(host.address(), "undo: not there yet in this branch");
  }

  /**
   * What lies below a directory; an empty listing when it does not exist.
   *
   * @param digests whether files are read and their SHA-256 given
   */
  public Listing list(String directory, boolean digests) {
    throw new HostStateException(host.address(), "list: not there yet in this branch");
  }

  /** Fetches a URL from the host and compares the digest of the body. */
  public Probe.Result probe(Probe probe) {
    throw new HostStateException(host.address(), "probe: not there yet in this branch");
  }

  /** The cluster that the journal belongs to. */
  public Cluster cluster() {
    return cluster;
  }
}
