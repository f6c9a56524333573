package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.ClusterLockedException;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.CrashingJvm.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controller is killed at its calls, and run again. In every build once at each kind of call
 * that changes something, before, in or after it in turns; with {@code -Dhawser.long=true} at every
 * call, before, in and after it, with three seeds.
 */
class CrashSweepTest {
  private static final boolean LONG = Boolean.getBoolean("hawser.long");

  /** The calls that only look. */
  private static final Set<String> LOOKING = Set.of("list", "read", "journal", "check", "facts");

  private final EmbeddedHosts hosts = EmbeddedHosts.builder().count(1).keyLogin().start();
  private final Host host = hosts.cluster("c1", "master").hosts().get(0);
  private final SshClient client =
      SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(hosts.hostKeys())).build();

  @TempDir private Path temp;
  private int points;

  @AfterEach
  void end() {
    client.close();
    hosts.close();
  }

  private static List<Integer> seeds() {
    return LONG ? List.of(1, 2, 3) : List.of(1);
  }

  private CrashScenario scenario(int seed) throws IOException {
    Path tree = temp.resolve("tree" + seed);
    if (!Files.exists(tree)) {
      CrashScenario.makeTree(tree, seed);
    }
    return new CrashScenario(client, host, tree);
  }

  private List<String> killed(int seed, String work, int victim, When when) throws Exception {
    return CrashingJvm.run(hosts.hostKeys(), host, temp.resolve("tree" + seed), work, victim, when);
  }

  @Test
  @DisplayName("F4 a controller that is killed at any call leaves what the next run completes")
  void runAgain() throws Exception {
    CrashScenario.layOut(hosts.root(0));
    HostSnapshot bare = hosts.snapshot(0);
    for (int seed : seeds()) {
      CrashScenario scenario = scenario(seed);
      List<String> calls = killed(seed, "apply", 0, When.BEFORE);
      HostSnapshot whole = withoutState();
      assertOutcomes(locked(scenario::undo), "undo");
      assertThat(bare.differences(hosts.snapshot(0))).isEmpty();
      for (int victim : victims(calls)) {
        for (When when : moments(victim)) {
          String point = calls.get(victim - 1) + ", call " + victim + ", " + when;
          killed(seed, "apply", victim, when);
          assertOutcomes(locked(scenario::apply), point);
          assertThat(whole.differences(withoutState())).as(point).isEmpty();
          assertThat(locked(scenario::apply)).as(point).allMatch(is(Outcome.SAME));
          assertOutcomes(locked(scenario::undo), point);
          assertThat(bare.differences(hosts.snapshot(0))).as(point).isEmpty();
          points++;
        }
      }
    }
    System.out.println("killed while it applied: " + points + " points, all converged");
  }

  @Test
  @DisplayName("F11 reset that is killed at any call is completed by the next")
  void resetAgain() throws Exception {
    CrashScenario.layOut(hosts.root(0));
    HostSnapshot bare = hosts.snapshot(0);
    for (int seed : seeds()) {
      CrashScenario scenario = scenario(seed);
      assertOutcomes(locked(scenario::apply), "apply");
      List<String> calls = killed(seed, "undo", 0, When.BEFORE);
      assertThat(bare.differences(hosts.snapshot(0))).isEmpty();
      for (int victim : victims(calls)) {
        for (When when : moments(victim)) {
          String point = calls.get(victim - 1) + ", call " + victim + ", " + when;
          assertOutcomes(locked(scenario::apply), point);
          killed(seed, "undo", victim, when);
          assertOutcomes(locked(scenario::undo), point);
          assertThat(bare.differences(hosts.snapshot(0))).as(point).isEmpty();
          points++;
        }
      }
    }
    System.out.println("killed while it reset: " + points + " points, all converged");
  }

  /** The calls at which it is killed: the last of each kind that changes something, or all. */
  private static List<Integer> victims(List<String> calls) {
    Map<String, Integer> last = new LinkedHashMap<>();
    List<Integer> all = new ArrayList<>();
    for (int call = 1; call <= calls.size(); call++) {
      if (!LOOKING.contains(calls.get(call - 1))) {
        last.put(calls.get(call - 1), call);
      }
      all.add(call);
    }
    return LONG ? all : List.copyOf(last.values());
  }

  /** Every one, or in turns. */
  private static List<When> moments(int victim) {
    When[] all = When.values();
    return LONG ? List.of(all) : List.of(all[victim % all.length]);
  }

  /** The journal tells of what happened on the way. */
  private HostSnapshot withoutState() {
    return new HostSnapshot(
        hosts.snapshot(0).lines().stream()
            .filter(line -> !line.contains("var/lib/hawser"))
            .toList());
  }

  /** The lock of a killed controller is free once its sessions have ended. */
  private static List<ChangeResult> locked(Callable<List<ChangeResult>> work) throws Exception {
    for (int tries = 0; ; tries++) {
      try {
        return work.call();
      } catch (ClusterLockedException e) {
        assertThat(tries).as("%s", e.getMessage()).isLessThan(100);
        Thread.sleep(100);
      }
    }
  }

  private static Predicate<ChangeResult> is(Outcome outcome) {
    return result -> result.outcome() == outcome;
  }

  private static void assertOutcomes(List<ChangeResult> results, String point) {
    assertThat(results).as(point).noneMatch(is(Outcome.FAILED)).noneMatch(is(Outcome.KEPT));
  }
}
