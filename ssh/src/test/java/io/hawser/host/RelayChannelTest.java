package io.hawser.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.HawserException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that waits for what another passes on: who may pass something on to it. */
@Timeout(60)
class RelayChannelTest {
  private static final String PLACE = "/srv/tree";

  @TempDir private Path temp;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final List<String> answers = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private TestHost host;
  private AgentClient agent;

  @BeforeEach
  void makeReady() throws Exception {
    host = new TestHost(temp, "/bin/sh");
    Host local = Host.at("127.0.0.1").roles(Role.MASTER).root(host.root.toString()).build();
    agent = new AgentClient(host.shell, Cluster.named("c1").hosts(local).build(), local);
    agent.call(
        line -> {},
        Duration.ofMinutes(1),
        archive("names-1", FileTree.of(List.of())),
        "receive",
        "test",
        PLACE,
        "c1",
        "names-1");
    certificate("named");
    certificate("other");
  }

  @AfterEach
  void letGo() {
    over.countDown();
  }

  private static Input archive(String list, FileTree tree) {
    List<TreeStep> steps = new ArrayList<>();
    new TreeDelta(tree).steps().forEachRemaining(steps::add);
    return new TreeArchive(TreeArchive.PREFIX + list, steps, new SentFiles(count -> {}));
  }

  private void certificate(String name) throws Exception {
    openssl(
        new byte[0],
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hawser"
            + (" -keyout " + name + ".key -out " + name + ".pem"));
  }

  private int openssl(byte[] input, String arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(words)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("said").toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      assertThat(process.waitFor()).as("who reads nothing has given up").isNotZero();
    }
    return process.waitFor();
  }

  /** Waits for what the host with that name passes on. */
  private CompletableFuture<Boolean> waitFor(String name) throws IOException {
    String pem = Files.readString(temp.resolve(name + ".pem"));
    String lines = pem.replaceAll("-----[^\n]*-----\n", "").replace('\n', ',');
    Input input =
        stream -> {
          stream.write(("in " + lines + "\nout -\n").getBytes(UTF_8));
          stream.flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    return CompletableFuture.supplyAsync(
        () -> {
          Duration limit = Duration.ofMinutes(1);
          agent.relay(
              this::hear, line -> {}, limit, input, "127.0.0.1", "more", PLACE, "c1", "names-2");
          return true;
        });
  }

  private void hear(String line) {
    answers.add(line);
    if (line.startsWith("l ")) {
      port.complete(Integer.parseInt(line.substring(2)));
    }
  }

  private int pass(String identity) throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    archive("names-2", FileTree.of(List.of(TreeFile.text("gift", 0644, "horse")))).writeTo(tar);
    int listening = port.get(20, TimeUnit.SECONDS);
    return openssl(
        tar.toByteArray(),
        "s_client -quiet -no_ign_eof -nocommands -connect 127.0.0.1:" + listening + identity);
  }

  private void assertRefused(CompletableFuture<Boolean> waiting) throws Exception {
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(HawserException.class);
    assertThat(host.path(PLACE + "/.hawser-stage-c1/0")).doesNotExist();
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws Exception {
    int listened = port.get();
    assertThatThrownBy(() -> new Socket("127.0.0.1", listened).close())
        .isInstanceOf(ConnectException.class);
    assertThat(host.path("/var/lib/hawser/c1/relay")).isEmptyDirectory();
  }

  @Test
  @DisplayName("S15 who was named passes a file on, and nothing is left of the way it came")
  void whoWasNamed() throws Exception {
    CompletableFuture<Boolean> waiting = waitFor("named");
    assertThat(pass(" -cert named.pem -key named.key")).isZero();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(host.read(PLACE + "/.hawser-stage-c1/0/gift")).isEqualTo("horse");
    assertThat(answers).anyMatch(line -> line.matches("f [0-9a-f]{64} 0/gift"));
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("S15 a fake peer with a certificate of its own gets nothing in")
  void whoHasAnotherCertificate() throws Exception {
    CompletableFuture<Boolean> waiting = waitFor("named");
    // Its own end may not see that it is refused.
    int unused = pass(" -cert other.pem -key other.key");
    assertRefused(waiting);
  }

  @Test
  @DisplayName("S15 a fake peer without a certificate gets nothing in")
  void whoHasNone() throws Exception {
    CompletableFuture<Boolean> waiting = waitFor("named");
    int unused = pass("");
    assertRefused(waiting);
  }

  @Test
  @DisplayName("S15 nobody listens any longer when the controller has gone")
  void whenTheControllerHasGone() throws Exception {
    CompletableFuture<Boolean> waiting = waitFor("named");
    int listening = port.get(20, TimeUnit.SECONDS);
    new Socket("127.0.0.1", listening).close();
    over.countDown();
    assertRefused(waiting);
  }
}
