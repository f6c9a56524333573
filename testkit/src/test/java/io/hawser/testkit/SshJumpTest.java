package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts behind others, on real servers. */
@Timeout(120)
class SshJumpTest {
  @TempDir Path temp;
  private final List<OpenSshServer> servers = new ArrayList<>();
  private OpenSshServer bastion;
  private OpenSshServer target;
  private SshClient client;

  @BeforeAll
  static void needsSshd() {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "openssh-server is missing");
  }

  @BeforeEach
  void start() throws Exception {
    bastion = server("bastion", "LogLevel VERBOSE");
    target = server("target", "LogLevel VERBOSE");
    client = client(bastion, target);
  }

  @AfterEach
  void stop() {
    client.close();
    servers.forEach(OpenSshServer::close);
  }

  @Test
  @DisplayName("a host behind a jump host runs commands, and bytes pass unchanged both ways")
  void aHostBehindAJumpHostRunsCommands() {
    Host host = behind(target.host(), bastion.host());
    assertThat(client.run(host, command("echo", "in")).stdout()).isEqualTo("in\n");

    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) 'x');
    CommandResult result =
        client.run(
            host,
            script("tee /dev/stderr | cksum")
                .withCapture(100)
                .withInput(
                    stream -> {
                      for (int i = 0; i < 320; i++) {
                        stream.write(block);
                      }
                    }));
    assertThat(result.stdout()).endsWith(" " + (320L << 16) + "\n");
    assertThat(result.stderr()).contains("bytes left out here");
  }

  @Test
  @DisplayName("jump hosts are chained, each checked, and each host is reached from the one before")
  void jumpHostsAreChained() throws Exception {
    OpenSshServer inner = server("inner", "LogLevel VERBOSE");
    try (SshClient all = client(bastion, inner, target)) {
      Host way = behind(inner.host(), bastion.host());
      assertThat(all.run(behind(target.host(), way), command("echo", "in")).stdout())
          .isEqualTo("in\n");
      assertThat(logins(bastion)).isEqualTo(1);
      assertThat(logins(inner)).isEqualTo(1);
      assertThat(logins(target)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("many commands share the way, and it is closed with the client")
  void manyCommandsShareTheWay() throws Exception {
    Host host = behind(target.host(), bastion.host());
    for (int i = 0; i < 5; i++) {
      client.run(host, command("true")).orThrow();
    }
    assertThat(logins(bastion)).isEqualTo(1);
    client.close();
    awaitLog(bastion, "Disconnected from user|Connection closed by");
  }

  @Test
  @DisplayName("N12 an unknown jump host is refused, and nothing behind it is asked")
  void anUnknownJumpHostIsRefused() throws Exception {
    try (SshClient strict = client(target)) {
      var failure = fail(strict, behind(target.host(), bastion.host()));
      assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST_KEY);
      assertThat(failure)
          .hasMessageContaining("its jump host cannot be used: 127.0.0.1: its ")
          .hasMessageContaining("SHA256:");
    }
    assertThat(target.log().lines().filter(line -> line.startsWith("Connection from")))
        .as("at most the one that awaits its start")
        .hasSizeLessThan(2);
  }

  @Test
  @DisplayName("N12 N13 a host behind a jump host is checked as any other")
  void aHostBehindAJumpHostIsChecked() throws Exception {
    try (SshClient strict = client(bastion)) {
      assertThat(fail(strict, behind(target.host(), bastion.host())).reason())
          .isEqualTo(Reason.UNKNOWN_HOST_KEY);
    }
    assertThat(target.log()).doesNotContain("Accepted").doesNotContain("Failed");
  }

  @Test
  @DisplayName("N5 a jump host that refuses the login is named, and asked once")
  void aJumpHostThatRefusesTheLoginIsNamed() throws Exception {
    SshAccess wrong = bastion.host().ssh().toBuilder().keyData(new TestKey().privateText()).build();
    Host jump = bastion.host().toBuilder().ssh(wrong).build();
    var failure = fail(client, behind(target.host(), jump));
    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(failure).hasMessageContaining("its jump host cannot be used: 127.0.0.1: user ");
    assertThat(bastion.log().lines().filter(line -> line.contains("Failed publickey"))).hasSize(1);
  }

  @Test
  @DisplayName("N1 a jump host that forwards nothing, or cannot reach the host, is told from it")
  void aJumpHostThatForwardsNothingIsTold() throws Exception {
    OpenSshServer closed = server("closed", "AllowTcpForwarding no");
    try (SshClient all = client(closed, bastion, target)) {
      var refused = fail(all, behind(target.host(), closed.host()));
      assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(refused)
          .hasMessageContaining("the jump host opens no connection to it")
          .hasMessageContaining("AllowTcpForwarding");
      target.stop();
      assertThat(fail(all, behind(target.host(), bastion.host())).reason())
          .isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  @DisplayName("N3 a silent host behind a jump host costs the connect limit and no other host")
  void aSilentHostBehindAJumpHostCostsTheLimit() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SshClient quick = quick(Duration.ofSeconds(2), bastion, target)) {
      SshAccess access =
          target.host().ssh().toBuilder().port(mute.getLocalPort()).jump(bastion.host()).build();
      Thread silent = new Thread(() -> fail(quick, Host.at("127.0.0.1").ssh(access).build()));
      silent.start();
      assertThat(quick.run(behind(target.host(), bastion.host()), command("echo", "a")).stdout())
          .isEqualTo("a\n");
      silent.join();
      var failure = fail(quick, Host.at("127.0.0.1").ssh(access).build());
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure).hasMessageContaining("within 2 s");
    }
  }

  @Test
  @DisplayName("F2 a jump host that dies loses the command, and the next one finds a new way")
  void aJumpHostThatDiesLosesTheCommand() throws Exception {
    Host host = behind(target.host(), bastion.host());
    AtomicInteger heard = new AtomicInteger();
    CommandResult result =
        client.run(
            host,
            script("echo up; sleep 60"),
            (line, error) -> {
              if (heard.getAndIncrement() == 0) {
                bastion.stop();
              }
            });
    assertThat(result.exit()).isInstanceOf(Exit.Lost.class);
    assertThat(fail(client, host).reason()).isEqualTo(Reason.REFUSED);
  }

  private OpenSshServer server(String name, String... config) throws Exception {
    OpenSshServer server = new OpenSshServer(Files.createDirectory(temp.resolve(name)), config);
    servers.add(server);
    return server;
  }

  private SshClient client(OpenSshServer... known) throws Exception {
    return quick(Duration.ofSeconds(10), known);
  }

  private SshClient quick(Duration limit, OpenSshServer... known) throws Exception {
    Path file = Files.createTempFile(temp, "known", "");
    Files.write(file, Arrays.stream(known).map(OpenSshServer::knownHostsLine).toList());
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(file)).connectTimeout(limit).build();
  }

  private static Host behind(Host host, Host jump) {
    return host.toBuilder().ssh(host.ssh().toBuilder().jump(jump).build()).build();
  }

  private static long logins(OpenSshServer server) throws Exception {
    return server.log().lines().filter(line -> line.contains("Accepted publickey")).count();
  }

  private static void awaitLog(OpenSshServer server, String words) throws Exception {
    for (int i = 0; i < 1000; i++) {
      if (server.log().matches("(?s).*(" + words + ").*")) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(server.log());
  }
}
