package io.hawser.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.hawser.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a bare JSch sees it. */
@Timeout(60)
class EmbeddedSshServerTest {
  @TempDir Path root;
  private EmbeddedSshServer server;
  private Session session;

  @BeforeEach
  void connect() throws Exception {
    server =
        EmbeddedSshServer.builder()
            .address("127.0.0.11")
            .password(Secret.of("pw"))
            .environment(Map.of("HAWSER_ROOT", root.toString()))
            .directory(root)
            .start();
    session = login("pw");
  }

  @AfterEach
  void close() {
    session.disconnect();
    server.close();
    assertThat(ownProcesses()).isEmpty();
  }

  @Test
  void aCommandHasItsEnvironmentDirectoryAndSeparateStreams() throws Exception {
    ChannelExec channel = exec("echo $HAWSER_ROOT; pwd; echo oops >&2; exit 7", "");
    finish(channel);

    assertThat(out.toString(UTF_8)).isEqualTo(root + "\n" + root + "\n");
    assertThat(err.toString(UTF_8)).isEqualTo("oops\n");
    assertThat(channel.getExitStatus()).isEqualTo(7);
  }

  @Test
  void deathByASignalIsNotAnExitStatus() throws Exception {
    ChannelExec killed = exec("kill -9 $$", "");
    finish(killed);
    assertThat(killed.getExitSignal()).isEqualTo("KILL");

    ChannelExec exited = exec("exit 137", "");
    finish(exited);
    assertThat(exited.getExitStatus()).isEqualTo(137);
    assertThat(exited.getExitSignal()).isNull();
  }

  @Test
  void aCommandLeadsAProcessGroupOfItsOwn() throws Exception {
    finish(exec("kill -TERM -$$; sleep 5", ""));
    assertThat(out.size()).isZero();
  }

  @Test
  void inputArrivesAndEnds() throws Exception {
    finish(exec("cat; echo end", "one\ntwo\n"));
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nend\n");
  }

  @Test
  void closingTheChannelKillsTheRunningCommandWithItsChildren() throws Exception {
    ChannelExec channel = exec("sleep 1000 & sleep 1000", "");
    await(() -> ownProcesses().size() >= 3);

    channel.disconnect();

    await(() -> ownProcesses().isEmpty());
  }

  @Test
  void aDaemonKeepsTheChannelOpenAndDiesWithTheServer() throws Exception {
    ChannelExec channel = exec("sleep 1000 & exit 3", "");
    await(() -> channel.getExitStatus() == 3);
    Thread.sleep(200);

    assertThat(channel.isClosed()).isFalse();
    assertThat(ownProcesses()).isNotEmpty();
    server.stop();
    assertThat(ownProcesses()).isEmpty();
  }

  @Test
  void aStoppedServerListensAgainOnTheSamePortWithTheSameKey() throws Exception {
    int port = server.port();
    String key = server.knownHostsLine();
    server.stop();
    assertThatThrownBy(() -> login("pw")).isInstanceOf(JSchException.class);

    server.start();

    assertThat(server.port()).isEqualTo(port);
    assertThat(server.knownHostsLine()).isEqualTo(key);
    login("pw").disconnect();
  }

  @Test
  void aWrongPasswordIsRefusedAndCounted() {
    int before = server.passwordAttempts();
    assertThatThrownBy(() -> login("no")).hasMessageContaining("Auth");
    assertThat(server.passwordAttempts()).isGreaterThan(before);
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Session login(String password) throws JSchException {
    Session made = new JSch().getSession("root", server.address(), server.port());
    made.setPassword(password.getBytes(UTF_8));
    made.setConfig("StrictHostKeyChecking", "no");
    made.connect(10_000);
    return made;
  }

  private ChannelExec exec(String line, String input) throws JSchException {
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    channel.setCommand(line);
    channel.setInputStream(new ByteArrayInputStream(input.getBytes(UTF_8)));
    channel.setOutputStream(out);
    channel.setErrStream(err);
    channel.connect(10_000);
    return channel;
  }

  private static void finish(ChannelExec channel) throws InterruptedException {
    await(channel::isClosed);
  }

  private List<String> ownProcesses() {
    return ProcessSweep.marked("HAWSER_ROOT=" + root);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
