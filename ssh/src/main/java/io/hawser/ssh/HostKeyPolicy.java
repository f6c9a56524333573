package io.hawser.ssh;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Which host keys are trusted. There is no policy that accepts anything, and a key that differs
 * from the known one, or is revoked, is refused by every policy.
 *
 * <p>Lines of known_hosts mean what they mean to OpenSSH: hashed names, patterns, {@code
 * [host]:port}, {@code @revoked}, {@code @cert-authority}. A host with pinned keys ({@link
 * io.hawser.cluster.SshAccess#hostKeys()}) must show one of those under any policy, and from the
 * files only {@code @revoked} counts for it.
 */
public final class HostKeyPolicy {
  private final ImmutableList<Path> knownHosts;
  private final boolean learns;

  private HostKeyPolicy(Collection<Path> knownHosts, boolean learns) {
    this.knownHosts = ImmutableList.copyOf(knownHosts);
    this.learns = learns;
  }

  /** Only keys that stand in one of these files in OpenSSH's known_hosts format. */
  public static HostKeyPolicy strict(Path... knownHosts) {
    return strict(List.of(knownHosts));
  }

  /** Only keys that stand in one of these files in OpenSSH's known_hosts format. */
  public static HostKeyPolicy strict(Collection<Path> knownHosts) {
    return new HostKeyPolicy(knownHosts, false);
  }

  /** The user's and the system's own files: {@code ~/.ssh/known_hosts} and its peer in /etc/ssh. */
  public static HostKeyPolicy strict() {
    return strict(
        Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
        Path.of("/etc/ssh/ssh_known_hosts"));
  }

  /**
   * Keys of hosts that the file does not know are written to it, mode 0600; others are checked.
   * Threads and programs that learn at once are kept apart by a file beside it, {@code *.lock}.
   */
  public static HostKeyPolicy acceptNew(Path knownHosts) {
    return new HostKeyPolicy(List.of(knownHosts), true);
  }

  /** The files that are read; when keys are learned, the first is written. */
  public List<Path> knownHosts() {
    return knownHosts;
  }

  /** Whether keys of unknown hosts are learned. */
  public boolean learns() {
    return learns;
  }
}
