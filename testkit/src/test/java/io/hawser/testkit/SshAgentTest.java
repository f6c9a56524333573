package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a real ssh-agent. */
@Timeout(120)
class SshAgentTest {
  private static final Path AGENT = Path.of("/usr/bin/ssh-agent");

  @TempDir Path temp;
  private OpenSshServer server;
  private Process agent;
  private Path socket;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Files.isExecutable(OpenSshServer.SSHD) && Files.isExecutable(AGENT),
        "openssh-server or ssh-agent is missing");
    server = new OpenSshServer(temp, "LogLevel VERBOSE");
    // The path of a socket has about a hundred characters at most.
    socket = Files.createTempDirectory("ha").resolve("s");
    agent = new ProcessBuilder(AGENT.toString(), "-D", "-a", socket.toString()).start();
    for (int i = 0; i < 1000 && !Files.exists(socket); i++) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    if (agent != null) {
      agent.destroy();
      agent.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    }
  }

  @Test
  @DisplayName("N6 a key of the agent logs in when the agent is asked, and only then")
  void aKeyOfTheAgentLogsInWhenAsked() throws Exception {
    Files.writeString(server.authorizedKeys(), Files.readString(key("mine", "ed25519")));
    try (SshClient client = client()) {
      Host asks = with(access().agent(true));
      assertThat(client.run(asks, command("echo", "in")).stdout()).isEqualTo("in\n");
      assertThat(fail(client, with(access())).reason()).isEqualTo(Reason.CREDENTIAL);
    }
  }

  @Test
  @DisplayName("N6 where a public key is named only that key of the agent is offered")
  void onlyTheNamedKeyIsOffered() throws Exception {
    key("first", "ed25519");
    Path mine = key("mine", "rsa");
    key("last", "ecdsa");
    Files.writeString(server.authorizedKeys(), Files.readString(mine));
    try (SshClient client = client()) {
      Host named = with(access().agent(true).keyFile(mine.toString()));
      assertThat(client.run(named, command("echo", "in")).stdout()).isEqualTo("in\n");
      assertThat(server.log()).doesNotContain("Failed publickey");
    }
  }

  @Test
  @DisplayName("N6 a public key that the agent does not have is refused before connecting")
  void aKeyThatTheAgentLacksIsRefused() throws Exception {
    key("first", "ed25519");
    Path other = Files.writeString(temp.resolve("other.pub"), new TestKey().publicLine());
    try (SshClient client = client()) {
      var failure = fail(client, with(access().agent(true).keyFile(other.toString())));
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIAL);
      assertThat(failure).hasMessageContaining("ssh-add -l");
    }
    assertThat(server.log().lines().filter(line -> line.startsWith("Connection from")))
        .as("at most the one that awaits its start")
        .hasSizeLessThan(2);
  }

  @Test
  @DisplayName("N6 an agent that is not there or empty is refused before connecting")
  void anAgentThatIsNotThereIsRefused() throws Exception {
    try (SshClient client = client()) {
      var empty = fail(client, with(access().agent(true)));
      assertThat(empty.reason()).isEqualTo(Reason.CREDENTIAL);
      assertThat(empty).hasMessageContaining("has no key").hasMessageContaining("ssh-add -l");
    }
    try (SshClient client = builder().agentSocket(temp.resolve("none")).build()) {
      assertThat(fail(client, with(access().agent(true))).reason()).isEqualTo(Reason.CREDENTIAL);
    }
    assertThat(server.log().lines().filter(line -> line.startsWith("Connection from")))
        .as("at most the one that awaits its start")
        .hasSizeLessThan(2);
  }

  @Test
  @DisplayName("N6 an agent that hangs costs a limit, and no other host")
  void anAgentThatHangsCostsALimit() throws Exception {
    Path hung = socket.resolveSibling("h");
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SshClient client =
            builder().agentSocket(hung).connectTimeout(Duration.ofSeconds(1)).build()) {
      mute.bind(UnixDomainSocketAddress.of(hung));
      var failure = fail(client, with(access().agent(true)));
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIAL);
      assertThat(failure).hasMessageContaining("does not answer");
    } finally {
      Files.deleteIfExists(hung);
    }
  }

  private Path key(String name, String type) throws Exception {
    Path file = temp.resolve(name);
    run(List.of("ssh-keygen", "-q", "-N", "", "-t", type, "-f", file.toString()));
    run(List.of("ssh-add", "-q", file.toString()));
    Files.delete(file);
    return Path.of(file + ".pub");
  }

  private void run(List<String> words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    assertThat(builder.start().waitFor()).isZero();
  }

  private SshClients.Builder builder() throws Exception {
    Path known = Files.createTempFile(temp, "known", "");
    Files.writeString(known, server.knownHostsLine() + "\n");
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(known));
  }

  private SshClient client() throws Exception {
    return builder().agentSocket(socket).build();
  }

  private SshAccess.Builder access() {
    return server.host().ssh().toBuilder().keyData(null);
  }

  private Host with(SshAccess.Builder access) {
    return server.host().toBuilder().ssh(access.build()).build();
  }
}
