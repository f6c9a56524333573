package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links to real hosts that are silent, cut or barred, and hosts by their IPv6 addresses. */
@RealHosts(2)
@InControllerNetwork
@Timeout(120)
class SshLinksIT {
  private static final String BAR = " INPUT -s 10.77.0.1 -p tcp --dport 22 -j ";

  @Test
  @DisplayName("N2 a host that answers nothing costs the connect timeout, and holds no other up")
  void aHostThatAnswersNothingCostsTheConnectTimeout(Lab lab) throws Exception {
    List<String> place = List.of(lab.address(1), "dev", "br0");
    // Not "no route": frames are sent, and nobody takes them.
    neighbour("replace", place, "lladdr", "02:00:00:00:00:99", "nud", "permanent");
    Duration limit = Duration.ofSeconds(6);
    try (SshClient client =
        SshClients.jsch()
            .hostKeys(HostKeyPolicy.strict(lab.knownHosts()))
            .connectTimeout(limit)
            .build()) {
      long start = System.nanoTime();
      CompletableFuture<SshException> silent =
          CompletableFuture.supplyAsync(() -> failure(client, withKey(lab, lab.address(1))));
      assertThat(client.run(withKey(lab, lab.address(2)), echo()).stdout()).isEqualTo("here\n");
      assertThat(silent).as("the other host was done meanwhile").isNotDone();

      SshException failure = silent.get(20, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(limit, limit.plusSeconds(2));
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure).hasMessageStartingWith(lab.address(1) + ": no answer on port 22");
      assertThat(failure.getMessage()).doesNotContain("ban");
    } finally {
      neighbour("del", place);
    }
  }

  @Test
  @DisplayName("N7 a host that shuts us out after a refused login is not hammered, and a ban named")
  void aHostThatShutsUsOutIsNotHammered(Lab lab) throws Exception {
    SshAccess wrong = SshAccess.builder().password(Secret.of("not-the-password")).build();
    Host refusing = Host.at(lab.address(1)).ssh(wrong).build();
    Host welcome = withKey(lab, lab.address(1));
    try (SshClient client =
        SshClients.jsch()
            .hostKeys(HostKeyPolicy.strict(lab.knownHosts()))
            .connectTimeout(Duration.ofSeconds(2))
            .build()) {
      assertThat(failure(client, refusing).reason()).isEqualTo(Reason.AUTHENTICATION);
      lab.on(1, "iptables -I" + BAR + "DROP").ok();
      long before = connects();
      for (int call = 0; call < 3; call++) {
        assertThat(failure(client, refusing).reason()).isEqualTo(Reason.AUTHENTICATION);
      }
      assertThat(connects()).as("connections to offer the same again").isEqualTo(before);

      List<CompletableFuture<SshException>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> failure(client, welcome)));
      }
      for (CompletableFuture<SshException> call : calls) {
        assertBan(call.get(60, TimeUnit.SECONDS), Reason.UNREACHABLE);
      }
      assertThat(connects() - before).as("connections of calls at once").isBetween(1L, 4L);
      before = connects();
      assertBan(failure(client, welcome), Reason.UNREACHABLE);
      assertThat(connects() - before).as("connections of one call").isEqualTo(1);

      lab.on(
              1,
              "iptables -D" + BAR + "DROP && iptables -I" + BAR + "REJECT --reject-with tcp-reset")
          .ok();
      before = connects();
      assertBan(failure(client, welcome), Reason.REFUSED);
      assertThat(connects() - before).isEqualTo(1);

      lab.on(1, "iptables -D" + BAR + "REJECT --reject-with tcp-reset").ok();
      assertThat(client.run(welcome, echo()).stdout()).isEqualTo("here\n");
    } finally {
      lab.on(1, "iptables -F INPUT").ok();
    }
  }

  private static void assertBan(SshException failure, Reason reason) {
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessageContaining("It refused a login before, so this may be a ban (fail2ban,")
        .hasMessageContaining("a firewall)");
    assertThat(failure.getMessage()).doesNotContain("not-the-password");
  }

  /** How many connections were begun from this network since it is there. */
  private static long connects() throws IOException {
    List<String> tcp =
        Files.readAllLines(Path.of("/proc/self/net/snmp")).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .toList();
    int column = List.of(tcp.get(0).split(" ")).indexOf("ActiveOpens");
    return Long.parseLong(tcp.get(1).split(" ")[column]);
  }

  @Test
  @DisplayName(
      "F1 F13 a cut link ends a silent command as lost within 35 s; healed, the next works")
  void aCutLinkEndsASilentCommandAsLost(Lab lab) throws Exception {
    try (SshClient client = client(lab.knownHosts())) {
      Host host = withKey(lab, lab.address(1));
      CountDownLatch up = new CountDownLatch(1);
      Command silent = Command.script(Script.of("silent", "echo up; sleep 300"));
      CompletableFuture<CommandResult> running =
          CompletableFuture.supplyAsync(
              () -> client.run(host, silent, (line, error) -> up.countDown()));
      assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
      long cut = System.nanoTime();
      lab.verb("cut", "1").ok();
      try {
        assertThat(running.get(60, TimeUnit.SECONDS).exit()).isInstanceOf(Exit.Lost.class);
        assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(35));
      } finally {
        lab.verb("heal", "1").ok();
      }
      assertThat(client.run(host, echo()).stdout()).isEqualTo("here\n");
    }
  }

  @Test
  @DisplayName("N20 every spelling of an IPv6 address is one host, with one line as ssh reads it")
  void everySpellingOfAnAddressIsOneHost(Lab lab, @TempDir Path directory) throws Exception {
    assertThat(lab.address6(1)).isEqualTo("fd77::11");
    Path known = directory.resolve("known_hosts");
    Host plain = withKey(lab, "fd77::11");
    long before = connects();
    try (SshClient client = client(known)) {
      for (String spelling :
          List.of("fd77::11", "[fd77::11]", "FD77::11", "[FD77:0:0:0:0:0:0:11]", "fd77:0::0011")) {
        Host host = withKey(lab, spelling);
        assertThat(host).isEqualTo(plain).hasToString("fd77::11");
        assertThat(client.run(host, connection()).stdout()).matches("fd77::1 \\d+ fd77::11 22\n");
      }
    }
    assertThat(connects() - before).as("one connection for all").isEqualTo(1);
    assertThat(names(known)).containsExactly("fd77::11");
    assertThat(Files.getPosixFilePermissions(known)).hasSize(2);
    assertSshAccepts(lab, known, "fd77::11");
    assertSshAccepts(lab, known, "FD77:0:0:0:0:0:0:11");
  }

  @Test
  @DisplayName("N20 another port, a link-local zone and an IPv4-mapped address, as ssh reads them")
  void portsZonesAndMappedAddressesAreAsSshReadsThem(Lab lab, @TempDir Path directory)
      throws Exception {
    lab.on(1, "/usr/sbin/sshd -p 2222 -o PidFile=/run/sshd2222.pid").ok();
    Path known = directory.resolve("known_hosts");
    String link =
        lab.on(1, "ip -6 -o addr show dev eth0 scope link | sed 's/.*inet6 //; s,/.*,,'")
            .ok()
            .output()
            .strip();
    String zoned = link + "%br0";
    try (SshClient client = client(known)) {
      Host other = withKey(lab, "[fd77:0::11]");
      other = other.toBuilder().ssh(other.ssh().toBuilder().port(2222).build()).build();
      assertThat(client.run(other, connection()).stdout()).endsWith(" fd77::11 2222\n");
      assertThat(client.run(withKey(lab, zoned), connection()).stdout()).contains(link);
      Host mapped = withKey(lab, "::FFFF:" + lab.address(1));
      assertThat(mapped).isEqualTo(withKey(lab, lab.address(1)));
      assertThat(client.run(mapped, connection()).stdout()).contains(lab.address(1) + " 22\n");
      assertThat(names(known)).containsExactly("[fd77::11]:2222", zoned, lab.address(1));
      assertSshAccepts(lab, known, "fd77::11", "-p", "2222");
      assertSshAccepts(lab, known, zoned);
      assertSshAccepts(lab, known, lab.address(1));
    } finally {
      lab.on(1, "kill $(cat /run/sshd2222.pid)").ok();
    }
  }

  private static List<String> names(Path known) throws IOException {
    return Files.readAllLines(known).stream().map(line -> line.split(" ")[0]).toList();
  }

  /** OpenSSH's client is the judge of what was learned. */
  private static void assertSshAccepts(Lab lab, Path known, String address, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("ssh", "-F", "/dev/null", "-o", "BatchMode=yes"));
    words.addAll(List.of("-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=" + known));
    words.addAll(List.of("-o", "GlobalKnownHostsFile=/dev/null", "-i", lab.key().toString()));
    words.addAll(List.of(more));
    words.addAll(List.of("-l", "root", address, "true"));
    run(words.toArray(String[]::new));
  }

  private static void neighbour(String verb, List<String> place, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("ip", "neigh", verb));
    words.addAll(place);
    words.addAll(List.of(more));
    run(words.toArray(String[]::new));
  }

  private static void run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(words), said).isZero();
  }

  private static SshException failure(SshClient client, Host host) {
    return catchThrowableOfType(SshException.class, () -> client.run(host, echo()));
  }

  private static SshClient client(Path known) {
    return SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(known)).build();
  }

  private static Host withKey(Lab lab, String address) {
    return Host.at(address).ssh(SshAccess.builder().keyFile(lab.key().toString()).build()).build();
  }

  private static Command echo() {
    return Command.of("echo", "here");
  }

  private static Command connection() {
    return Command.script(Script.of("connection", "echo $SSH_CONNECTION"));
  }
}
