package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links that stall, forget or are many, on a real server. */
@Timeout(180)
class SshLinkTest {
  @TempDir Path temp;
  private OpenSshServer server;

  @BeforeEach
  void needsSshd() {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "openssh-server is missing");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  @DisplayName("F13 a silent command's link is kept alive, and found dead within 35 s when it is")
  void aSilentLinkIsKeptAliveAndFoundDead() throws Exception {
    server = new OpenSshServer(temp);
    try (TcpRelay relay = new TcpRelay(server.host().ssh().port());
        SshClient client = client(Files.createFile(temp.resolve("learned")))) {
      Host host = at(relay.port());
      AtomicReference<Long> start = new AtomicReference<>();
      AtomicReference<Long> before = new AtomicReference<>();
      AtomicReference<Long> after = new AtomicReference<>();
      CommandResult kept =
          client.run(
              host,
              script("echo up; sleep 11.5; echo down"),
              (line, error) -> {
                (line.equals("up") ? before : after).set(relay.sent());
                if (line.equals("up")) {
                  start.set(System.nanoTime());
                }
              });
      assertThat(kept.stdout()).isEqualTo("up\ndown\n");
      assertThat(after.get()).as("bytes that keep alive").isGreaterThan(before.get());

      CommandResult lost =
          client.run(
              host,
              script("echo up; sleep 300"),
              (line, error) -> {
                start.set(System.nanoTime());
                relay.swallow();
              });
      assertThat(lost.exit()).isInstanceOf(Exit.Lost.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start.get()))
          .isLessThan(Duration.ofSeconds(35));
    }
  }

  @Test
  @DisplayName("N4 a stall inside the login costs its limit, and the phase is named")
  void aStallInsideTheLoginCostsItsLimit() throws Exception {
    Path stalls = temp.resolve("stalls");
    Files.writeString(stalls, "#!/bin/sh\nsleep 30\n");
    Files.setPosixFilePermissions(stalls, PosixFilePermissions.fromString("rwxr-xr-x"));
    // sshd insists on a command that only root can change, up to the root directory.
    Path safe = Files.createTempDirectory(Path.of("/var/lib"), "hawser-test-");
    try {
      Path program = Files.copy(stalls, safe.resolve("keys"));
      server =
          new OpenSshServer(
              temp, "AuthorizedKeysCommand " + program, "AuthorizedKeysCommandUser root");
      Files.writeString(server.authorizedKeys(), ""); // so that the command is asked
      SshClients.Builder builder =
          SshClients.jsch()
              .hostKeys(HostKeyPolicy.acceptNew(temp.resolve("learned")))
              .authTimeout(Duration.ofSeconds(1));
      try (SshClient client = builder.build()) {
        var failure = fail(client, server.host());
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("within 1 s while logging in");
      }
    } finally {
      Files.deleteIfExists(safe.resolve("keys"));
      Files.delete(safe);
    }
  }

  @Test
  @DisplayName("N8 fifty clients that reach one host at once all succeed (MaxStartups 10:30:100)")
  void fiftyClientsAtOnceAllSucceed() throws Exception {
    server = new OpenSshServer(temp, "MaxStartups 10:30:100");
    Path known = Files.writeString(temp.resolve("known"), server.knownHostsLine() + "\n");
    ExecutorService pool = Executors.newFixedThreadPool(50);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = String.valueOf(i);
        results.add(
            pool.submit(
                () -> {
                  try (SshClient client = client(known)) {
                    return client.run(server.host(), command("echo", text)).stdout();
                  }
                }));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(results.get(i).get()).isEqualTo(i + "\n");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("N9 with MaxSessions 1 commands take turns, and one can still be ended")
  void withMaxSessionsOneCommandsTakeTurns() throws Exception {
    server = new OpenSshServer(temp, "MaxSessions 1");
    Path known = Files.writeString(temp.resolve("known"), server.knownHostsLine() + "\n");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (SshClient client = client(known)) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(
            pool.submit(() -> client.run(server.host(), script("sleep 0.2; echo ok")).stdout()));
      }
      for (Future<String> result : results) {
        assertThat(result.get()).isEqualTo("ok\n");
      }
      Path pid = temp.resolve("pid");
      CommandResult ended =
          client.run(
              server.host(),
              script("echo $$ >\"$1\"; sleep 300", pid.toString())
                  .withTimeout(Duration.ofSeconds(1)));
      assertThat(ended.exit()).isEqualTo(new Exit.TimedOut("1 s"));
      SshSteps.assertGone(pid);
      assertThat(client.run(server.host(), command("echo", "next")).stdout()).isEqualTo("next\n");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("N5 commands that wait for a login which is refused do not try it again")
  void commandsThatWaitDoNotTryARefusedLoginAgain() throws Exception {
    server = new OpenSshServer(temp, "LogLevel VERBOSE");
    Files.writeString(server.authorizedKeys(), new TestKey().publicLine());
    Path known = Files.writeString(temp.resolve("known"), server.knownHostsLine() + "\n");
    Host host = server.host();
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try (SshClient client = client(known)) {
      List<Future<Reason>> reasons = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        reasons.add(pool.submit(() -> fail(client, host).reason()));
      }
      for (Future<Reason> reason : reasons) {
        assertThat(reason.get()).isEqualTo(Reason.AUTHENTICATION);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(server.log().lines().filter(line -> line.contains("Failed publickey"))).hasSize(1);
  }

  private Host at(int port) {
    Host host = server.host();
    return host.toBuilder().ssh(host.ssh().toBuilder().port(port).build()).build();
  }

  private static SshClient client(Path known) {
    return SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(known)).build();
  }
}
