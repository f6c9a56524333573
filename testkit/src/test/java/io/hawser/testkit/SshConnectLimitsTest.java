package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.CancelledException;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not play by the rules. */
@Timeout(60)
class SshConnectLimitsTest {
  private interface Behaviour {
    void serve(Socket socket) throws Exception;
  }

  @TempDir Path temp;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private ServerSocket listener;
  private SshClient client;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    client = client(Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  @DisplayName("N3 a server that never greets costs the connect limit")
  void aServerThatNeverGreetsCostsTheLimit() {
    serve(socket -> {});
    assertTooSlow();
  }

  @Test
  @DisplayName("N3 a server that drips its greeting costs the connect limit")
  void aServerThatDripsItsGreetingCostsTheLimit() {
    serve(
        socket -> {
          while (true) {
            socket.getOutputStream().write('x');
            Thread.sleep(100);
          }
        });
    assertTooSlow();
  }

  @Test
  @DisplayName("N3 a server that greets without end costs the connect limit")
  void aServerThatGreetsWithoutEndCostsTheLimit() {
    byte[] line = "no greeting\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
    serve(
        socket -> {
          while (true) {
            socket.getOutputStream().write(line);
          }
        });
    assertTooSlow();
  }

  @Test
  @DisplayName("N4 a stall inside the key exchange costs the connect limit")
  void aStallInsideTheKeyExchangeCostsTheLimit() {
    serve(
        socket ->
            socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertTooSlow();
  }

  @Test
  @DisplayName("N7 N8 a server that drops connections early is tried six times, ever more slowly")
  void aServerThatDropsConnectionsIsTriedEverMoreSlowly() {
    serve(Socket::close);
    SshException failure = SshSteps.fail(client, host());

    assertThat(failure.reason()).isEqualTo(Reason.LINK);
    assertThat(failure).hasMessageContaining("MaxStartups");
    assertThat(accepted).hasSize(6);
  }

  @Test
  @DisplayName("F15 an interrupt ends connecting at once and keeps the flag")
  void anInterruptEndsConnectingAtOnce() throws Exception {
    serve(socket -> {});
    client.close();
    client = client(Duration.ofMinutes(1));
    List<Object> seen = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                client.run(host(), SshSteps.command("true"));
              } catch (CancelledException e) {
                seen.add(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    while (accepted.isEmpty()) {
      Thread.sleep(10);
    }
    long start = System.nanoTime();
    thread.interrupt();
    thread.join();

    assertThat(seen).containsExactly(true);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(700));
  }

  private void assertTooSlow() {
    long start = System.nanoTime();
    SshException failure = SshSteps.fail(client, host());

    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure).hasMessageContaining("within 1 s").hasMessageContaining("key exchange");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  private SshClient client(Duration connectTimeout) {
    return SshClients.jsch()
        .hostKeys(HostKeyPolicy.acceptNew(temp.resolve("known_hosts")))
        .connectTimeout(connectTimeout)
        .build();
  }

  private Host host() {
    SshAccess access =
        SshAccess.builder().port(listener.getLocalPort()).password(Secret.of("x")).build();
    return Host.at("127.0.0.1").ssh(access).build();
  }

  private void serve(Behaviour behaviour) {
    Thread acceptor =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = listener.accept();
                  accepted.add(socket);
                  Thread server = new Thread(() -> quietly(behaviour, socket));
                  server.setDaemon(true);
                  server.start();
                }
              } catch (IOException e) {
                // the listener was closed
              }
            });
    acceptor.setDaemon(true);
    acceptor.start();
  }

  private static void quietly(Behaviour behaviour, Socket socket) {
    try {
      behaviour.serve(socket);
    } catch (Exception e) {
      // the client went away
    }
  }
}
