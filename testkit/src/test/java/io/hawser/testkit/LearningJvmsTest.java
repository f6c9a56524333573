package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs that meet the same hosts for the first time, at the same time. */
@Timeout(180)
class LearningJvmsTest {
  private static final int DAEMONS = 5;
  private static final int ADDRESSES = 10; // one sshd listens on at most 16

  @TempDir Path temp;

  @Test
  @DisplayName("N15 fifty hosts learned by two JVMs at once are fifty lines, mode 0600")
  void fiftyHostsLearnedByTwoJvmsAreFiftyLines() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    SshKeygen keygen = new SshKeygen(temp);
    Path user = keygen.key("user", "-t", "ed25519");
    Path hostKey = keygen.key("host", "-t", "ed25519");
    Path knownHosts = temp.resolve("known/known_hosts");
    List<SshDaemon> daemons = new ArrayList<>();
    List<Process> jvms = new ArrayList<>();
    try {
      List<String> hosts = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < DAEMONS; i++) {
        SshDaemon daemon = daemon(i, user, hostKey);
        daemons.add(daemon);
        for (int j = 1; j <= ADDRESSES; j++) {
          Host host = daemon.host(SshAccess.builder());
          String address = address(i, j);
          hosts.add(host.ssh().user() + " " + address + " " + daemon.port());
          expected.add("[" + address + "]:" + daemon.port() + " " + SshKeygen.line(hostKey));
        }
      }
      Path list = Files.write(temp.resolve("hosts"), hosts);
      for (int i = 0; i < 2; i++) {
        jvms.add(LearningJvm.start(knownHosts, user, list));
      }
      for (Process jvm : jvms) {
        assertThat(jvm.waitFor()).isZero();
      }
      assertThat(Files.readAllLines(knownHosts)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(Files.getPosixFilePermissions(knownHosts)).hasSize(2);
    } finally {
      jvms.forEach(Process::destroyForcibly);
      for (SshDaemon daemon : daemons) {
        daemon.close();
      }
    }
  }

  private SshDaemon daemon(int number, Path user, Path hostKey) throws Exception {
    List<String> config = new ArrayList<>(List.of("HostKey " + hostKey, "MaxStartups 100"));
    for (int i = 2; i <= ADDRESSES; i++) {
      config.add("ListenAddress " + address(number, i));
    }
    return new SshDaemon(temp.resolve("sshd" + number), address(number, 1), user, config);
  }

  private static String address(int daemon, int number) {
    return "127.0.3." + (daemon * ADDRESSES + number);
  }
}
