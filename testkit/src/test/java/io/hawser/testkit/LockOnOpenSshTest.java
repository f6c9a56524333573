package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.host.ClusterLock;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.LockingJvm;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock behind a real sshd. */
@Timeout(120)
class LockOnOpenSshTest {
  @TempDir Path temp;
  private SshKeygen keygen;
  private Path user;
  private Path root;

  @BeforeEach
  void makeKeys() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    keygen = new SshKeygen(temp);
    user = keygen.key("user", "-t", "ed25519");
    root = Files.createDirectories(temp.resolve("root"));
  }

  private SshDaemon daemon(String... config) throws Exception {
    Path hostKey = keygen.key("host", "-t", "ed25519");
    List<String> lines = new ArrayList<>(List.of("HostKey " + hostKey));
    lines.addAll(List.of(config));
    return new SshDaemon(temp.resolve("sshd"), "127.0.3.200", user, lines);
  }

  private Host host(SshDaemon daemon) {
    return daemon.host(SshAccess.builder().keyFile(user.toString())).toBuilder()
        .roles(Role.MASTER)
        .root(root.toString())
        .build();
  }

  @Test
  @DisplayName("N9 a host that allows one session at a time can be locked and changed")
  void aHostWithOneSessionCanBeLockedAndChanged() throws Exception {
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(temp.resolve("known_hosts"));
    try (SshDaemon daemon = daemon("MaxSessions 1");
        SshClient ssh = SshClients.jsch().hostKeys(policy).build()) {
      Host host = host(daemon);
      Cluster cluster = Cluster.named("c1").hosts(host).build();
      HostSnapshot bare = HostSnapshot.of(root);
      try (ClusterLock lock = ClusterLock.take(ssh, cluster, List.of(host))) {
        HostAccess access = lock.access(host);
        assertThat(access.apply("test", List.of(FileChange.plain("/etc/new", "x"))).get(0))
            .extracting(result -> result.outcome())
            .isEqualTo(Outcome.CHANGED);
        access.undo(entry -> true);
      }
      assertThat(HostSnapshot.of(root)).isEqualTo(bare);
    }
  }

  @Test
  @DisplayName("F7 a lock behind sshd is free within seconds after its controller was killed")
  void aLockBehindSshdIsFreeAfterAKill() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    Path knownHosts = temp.resolve("known_hosts");
    try (SshDaemon daemon = daemon()) {
      List<Host> hosts = List.of(host(daemon));
      try (LockingJvm killed = LockingJvm.start(knownHosts, minute, 0, hosts);
          LockingJvm next = LockingJvm.start(knownHosts, minute, 0, hosts)) {
        assertThat(killed.ask("take")).isEqualTo("taken");
        assertThat(killed.ask("script")).isEqualTo("started");
        for (int i = 0; !Files.exists(root.resolve("ran")); i++) {
          assertThat(i).isLessThan(500);
          TimeUnit.MILLISECONDS.sleep(20);
        }
        killed.signal("KILL");
        long start = System.nanoTime();
        while (!next.ask("take").equals("taken")) {
          assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
        }
        assertThat(next.ask("write x")).isEqualTo("CHANGED");
        assertThat(root.resolve("late")).doesNotExist();
        assertThat(next.ask("reset")).isEqualTo("undone");
      }
    }
  }
}
