package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.CancelledException;
import io.hawser.ssh.Command;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Interrupts at random moments of connecting, starting and running, on a real server: 50 in every
 * build, 500 by the profile {@code long}.
 */
@Timeout(1800)
class SshInterruptSweepTest {
  private static final int ROUNDS = Boolean.getBoolean("hawser.long") ? 500 : 50;
  private static final String MARK = "HAWSER_SWEEP";

  @TempDir Path temp;
  private final Random random = new Random(20261122);
  private final List<Long> millis = new ArrayList<>();

  @Test
  @DisplayName("F15 C7 interrupts at random moments return soon and leave nothing behind")
  void interruptsReturnSoonAndLeaveNothing() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "openssh-server is missing");
    String mark = "m" + System.nanoTime();
    long sockets;
    try (OpenSshServer server = new OpenSshServer(temp)) {
      Path known = Files.writeString(temp.resolve("known_hosts"), server.knownHostsLine() + "\n");
      SshClient client = client(known);
      sockets = sockets(server);
      for (int round = 0; round < ROUNDS; round++) {
        if (round % 5 == 0) { // the handshake is interrupted too
          client.close();
          client = client(known);
        }
        interrupt(client, server, mark, round % 2 == 0);
      }
      client.close();
      assertThat(left(mark)).as("processes on the host").isEmpty();
      awaitZero("threads", SshInterruptSweepTest::threads);
      awaitZero("sockets", () -> sockets(server) - sockets);
    }
    millis.sort(null);
    long p99 = millis.get(Math.min(millis.size() - 1, millis.size() * 99 / 100));
    LoggerFactory.getLogger(getClass())
        .info(
            "{} interrupts: median {} ms, p99 {} ms, most {} ms",
            millis.size(),
            millis.get(millis.size() / 2),
            p99,
            millis.get(millis.size() - 1));
    assertThat(p99).isLessThan(5_000);
  }

  private void interrupt(SshClient client, OpenSshServer server, String mark, boolean runs)
      throws Exception {
    Command command =
        script("sleep 300 & (sleep 301 &) ; echo up; cat; sleep 302").withEnv(Map.of(MARK, mark));
    CountDownLatch up = new CountDownLatch(runs ? 1 : 0);
    AtomicLong returned = new AtomicLong();
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                client.run(server.host(), command, (line, isError) -> up.countDown());
              } catch (Throwable e) {
                thrown.add(e);
              }
              returned.set(Thread.currentThread().isInterrupted() ? System.nanoTime() : -1);
            });
    thread.start();
    up.await();
    Thread.sleep(random.nextInt(3) == 0 ? random.nextInt(15) : random.nextInt(300));
    long start = System.nanoTime();
    thread.interrupt();
    thread.join();
    assertThat(thrown).singleElement().isInstanceOf(CancelledException.class);
    assertThat(returned.get()).as("the flag is kept").isNotEqualTo(-1);
    millis.add(Duration.ofNanos(returned.get() - start).toMillis());
  }

  private static SshClient client(Path known) {
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(known)).build();
  }

  /** What still carries the mark after the time that a host may take. */
  private static List<String> left(String mark) throws Exception {
    List<String> found = List.of();
    for (int i = 0; i < 200; i++) {
      found = ProcessSweep.marked(MARK + "=" + mark);
      if (found.isEmpty()) {
        break;
      }
      Thread.sleep(50);
    }
    return found;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hawser-ssh"))
        .count();
  }

  /** Connections of this machine to the server, those that are closing aside. */
  private static long sockets(OpenSshServer server) {
    String port = String.format(":%04X", server.host().ssh().port());
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines
          .map(line -> line.strip().split(" +"))
          .filter(words -> words[2].endsWith(port) && words[3].equals("01"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Count {
    long get();
  }

  private static void awaitZero(String what, Count count) throws Exception {
    for (int i = 0; i < 500 && count.get() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(count.get()).as(what).isZero();
  }
}
