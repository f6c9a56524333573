package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many hosts and many clients, on real servers. */
@Timeout(600)
class SshScaleTest {
  private static final int HOSTS = 200;
  private static final int PER_DAEMON = 10; // one sshd listens on at most 16

  @TempDir Path temp;
  private final List<SshDaemon> daemons = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private Path known;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    SshKeygen keygen = new SshKeygen(temp);
    Path user = keygen.key("user", "-t", "ed25519");
    Path hostKey = keygen.key("host", "-t", "ed25519");
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < HOSTS / PER_DAEMON; number++) {
      List<String> config = new ArrayList<>(List.of("HostKey " + hostKey));
      for (int i = 1; i < PER_DAEMON; i++) {
        config.add("ListenAddress " + address(number, i));
      }
      SshDaemon daemon =
          new SshDaemon(temp.resolve("sshd" + number), address(number, 0), user, config);
      daemons.add(daemon);
      for (int i = 0; i < PER_DAEMON; i++) {
        Host host = daemon.host(SshAccess.builder().keyFile(user.toString()));
        hosts.add(Host.at(address(number, i)).ssh(host.ssh()).build());
        lines.add("[" + address(number, i) + "]:" + daemon.port() + " " + SshKeygen.line(hostKey));
      }
    }
    known = Files.write(temp.resolve("known_hosts"), lines);
  }

  @AfterEach
  void stop() {
    daemons.forEach(SshDaemon::close);
  }

  @Test
  @DisplayName("a fan-out over 200 hosts is bounded, in order, and holds no memory per run")
  void aFanOutOverManyHostsIsBoundedInOrderAndFlat() {
    try (SshClient client = client()) {
      AtomicInteger running = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      long flat = 0;
      for (int round = 0; round < 4; round++) {
        List<String> answers =
            FanOut.map(
                hosts,
                FanOut.DEFAULT_WIDTH,
                host -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  try {
                    return client.run(host, command("echo", host.address())).stdout().strip();
                  } finally {
                    running.decrementAndGet();
                  }
                });
        assertThat(answers).isEqualTo(hosts.stream().map(Host::address).toList());
        long used = used();
        flat = round == 1 ? used : flat;
        if (round == 3) {
          assertThat(used - flat).as("bytes held by two more rounds").isLessThan(4L << 20);
        }
      }
      assertThat(most.get()).isBetween(2, FanOut.DEFAULT_WIDTH);
    }
  }

  @Test
  @DisplayName("F17 one thread works through many hosts without a deadlock")
  void oneThreadWorksThroughManyHosts() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (SshClient client = client()) {
      List<Integer> codes =
          FanOut.map(
              hosts.subList(0, 20),
              1,
              host -> {
                threads.add(Thread.currentThread());
                return client.run(host, command("echo", "x"), (line, isError) -> {}).exitCode();
              });
      assertThat(codes).hasSize(20).containsOnly(0);
    }
    assertThat(threads).hasSize(1);
  }

  @Test
  @DisplayName("F16 clients that nobody closes are closed once nobody can reach them")
  void clientsThatNobodyClosesAreClosed() throws Exception {
    int count = Boolean.getBoolean("hawser.long") ? 1000 : 50;
    List<WeakReference<SshClient>> lost = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lost.add(use(hosts.get(i % hosts.size())));
    }
    for (int i = 0; i < 300 && threads() > 0; i++) {
      System.gc();
      Thread.sleep(100);
    }
    assertThat(lost).allMatch(client -> client.get() == null);
    assertThat(threads()).isZero();
  }

  private WeakReference<SshClient> use(Host host) {
    SshClient client = client();
    client.run(host, command("true")).orThrow();
    return new WeakReference<>(client);
  }

  private SshClient client() {
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(known)).build();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hawser-ssh"))
        .count();
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String address(int daemon, int number) {
    return "127.44." + daemon + "." + (number + 1);
  }
}
