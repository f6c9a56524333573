package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostAccess;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MockSsh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a registry is left to those that are connected. */
class DrainTest {
  private static final Answer BUSY =
      Answer.exited(0, "c 0100000A 0400000A:8F2A\nc 0100000A 0400000A:8F2C\nend\n", "");
  private static final Answer IDLE = Answer.exited(0, "end\n", "");

  private final MockSsh ssh = MockSsh.create();
  private final List<Duration> pauses = new ArrayList<>();

  private String drained(Duration within, Answer... answers) {
    ssh.whenMatching("*", "hawser-agent connections .* 1388").answers(answers);
    Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
    Cluster cluster = Cluster.named("c1").hosts(host).build();
    return new Drain(within, pauses::add).of(HostAccess.to(ssh, cluster, host), 5000);
  }

  @Test
  void whenNobodyIsConnectedASecondLookIsEnough() {
    assertThat(drained(Duration.ofSeconds(60), IDLE)).isEqualTo("nobody was connected");
    assertThat(pauses).hasSize(1);
    pauses.clear();
    assertThat(drained(Duration.ZERO, IDLE)).isEqualTo("nobody was connected");
    assertThat(pauses).isEmpty();
  }

  @Test
  void whoConnectsBetweenTwoLooksIsWaitedFor() {
    assertThat(drained(Duration.ofSeconds(60), IDLE, BUSY, IDLE, IDLE))
        .isEqualTo("nobody was connected after 1.0 s");
    assertThat(pauses).hasSize(3);
  }

  @Test
  void whoIsConnectedIsWaitedFor() {
    assertThat(drained(Duration.ofSeconds(60), BUSY, BUSY, BUSY, IDLE))
        .isEqualTo("nobody was connected after 1.5 s");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void theWaitIsBoundedAndTellsWhoWasLeft() {
    assertThat(drained(Duration.ofSeconds(2), BUSY))
        .isEqualTo("2 connections were still open after 2.0 s");
    assertThat(pauses).hasSize(4);
    pauses.clear();
    assertThat(drained(Duration.ZERO, BUSY)).isEqualTo("2 connections were still open after 0.0 s");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aHostThatDoesNotTellIsGivenTheWholeTime() {
    Answer silent = Answer.exited(0, "unchecked /proc/net/tcp cannot be read\nend\n", "");
    assertThat(drained(Duration.ofSeconds(1), silent))
        .isEqualTo("the host does not tell who is connected; waited 1.0 s");
    assertThat(pauses).hasSize(2);
  }
}
