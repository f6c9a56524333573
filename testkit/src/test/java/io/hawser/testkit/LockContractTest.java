package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.ClusterLock;
import io.hawser.host.ClusterLockedException;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.ssh.mock.MockSsh;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lock promises, held by hosts in memory and by hosts behind SSH. */
@ParameterizedClass
@ValueSource(strings = {"mock", "embedded"})
@Timeout(60)
class LockContractTest {
  private static final List<FileChange> CHANGE = List.of(FileChange.plain("/etc/new", "x"));

  private final SshClient ssh;
  private final SshClient other;
  private final Cluster cluster;
  private final IntFunction<Set<String>> files;
  private final Runnable loseLast;
  private final Runnable end;

  LockContractTest(String kind) {
    if (kind.equals("mock")) {
      MockSsh mock = MockSsh.create();
      ssh = mock;
      other = mock.client();
      cluster =
          Cluster.named("c1")
              .hosts(
                  Host.at("10.0.0.1").roles(Role.MASTER).build(),
                  Host.at("10.0.0.2").roles(Role.NODE).build(),
                  Host.at("10.0.0.3").roles(Role.NODE).build())
              .build();
      files = number -> Set.copyOf(mock.files("10.0.0." + (number + 1)).paths());
      loseLast = () -> mock.unreachable("10.0.0.3");
      end = mock::close;
    } else {
      EmbeddedHosts hosts = EmbeddedHosts.start(3);
      HostKeyPolicy policy = HostKeyPolicy.strict(hosts.hostKeys());
      ssh = SshClients.jsch().hostKeys(policy).build();
      other = SshClients.jsch().hostKeys(policy).build();
      cluster = hosts.cluster("c1", "master", "node", "node");
      files = number -> Set.copyOf(hosts.snapshot(number).lines());
      loseLast = () -> hosts.stop(2);
      end = hosts::close;
    }
  }

  @AfterEach
  void endAll() {
    ssh.close();
    other.close();
    end.run();
  }

  private Host host(int number) {
    return cluster.hosts().get(number);
  }

  private ClusterLock take(SshClient by) {
    return ClusterLock.take(by, cluster, cluster.hosts());
  }

  private static Outcome apply(HostAccess access) {
    return access.apply("test", CHANGE).get(0).outcome();
  }

  @Test
  @DisplayName("F6 the second is refused at once with the owner's name, and nothing is left behind")
  void theSecondIsRefusedAtOnce() {
    Set<String> bare = files.apply(0);
    try (ClusterLock lock = take(ssh)) {
      assertThatThrownBy(() -> take(other))
          .isInstanceOf(ClusterLockedException.class)
          .hasMessageMatching(
              "(?s)"
                  + host(0).address()
                  + ": cluster c1 is locked by .+@.+ \\(process [0-9]+, run [0-9a-f]{16}\\) since"
                  + " 20[0-9-]+T[0-9:]+Z .*frees itself.*");
      assertThatThrownBy(
              () -> Filesystems.of(cluster, other).unMountRootfs(List.of(host(1).address())))
          .isInstanceOf(ClusterLockedException.class);
      HostAccess unlocked = HostAccess.to(other, cluster, host(0));
      assertThat(unlocked.journal()).isEmpty();
      assertThat(unlocked.apply("test", CHANGE).get(0).message())
          .contains("the host is locked by ");
      assertThat(apply(lock.access(host(0)))).isEqualTo(Outcome.CHANGED);
    }
    Set<String> done = files.apply(0);
    try (ClusterLock lock = take(other)) {
      assertThat(apply(lock.access(host(0)))).isEqualTo(Outcome.SAME);
    }
    assertThat(files.apply(0)).isEqualTo(done);
    HostAccess.to(ssh, cluster, host(0)).undo(entry -> true);
    assertThat(files.apply(0)).isEqualTo(bare);
  }

  @Test
  @DisplayName("F6 who finds one host locked gives back those that it had")
  void whoFindsOneHostLockedGivesBackTheOthers() {
    try (ClusterLock last = ClusterLock.take(ssh, cluster, List.of(host(2)))) {
      assertThatThrownBy(() -> take(other))
          .isInstanceOfSatisfying(
              ClusterLockedException.class, e -> assertThat(e.host()).isEqualTo(host(2).address()));
      ClusterLock.take(ssh, cluster, List.of(host(0), host(1))).close();
      assertThatThrownBy(() -> last.access(host(0))).isInstanceOf(IllegalArgumentException.class);
    }
    take(other).close();
  }

  @Test
  @DisplayName("F8 a host that cannot be reached does not keep the others from being locked")
  void aHostThatCannotBeReachedDoesNotKeepTheOthers() {
    loseLast.run();
    try (ClusterLock lock = take(ssh)) {
      assertThat(apply(lock.access(host(1)))).isEqualTo(Outcome.CHANGED);
      assertThatThrownBy(() -> lock.access(host(2)))
          .isInstanceOf(SshException.class)
          .hasMessageContaining(host(2).address());
    }
  }

  @Test
  @DisplayName("F15 an interrupt while hosts are locked leaves none locked")
  void anInterruptLeavesNoneLocked() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> take(ssh)).isInstanceOf(CancelledException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    ClusterLock lock = take(other);
    Thread.currentThread().interrupt();
    lock.close();
    assertThat(Thread.interrupted()).isTrue();
    take(ssh).close();
  }

  @Test
  @DisplayName("F7 no thread of a lock is left when it was given back")
  void noThreadOfALockIsLeft() {
    take(ssh).close();
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hawser-lock-"))
                .collect(Collectors.toSet()))
        .isEmpty();
  }
}
