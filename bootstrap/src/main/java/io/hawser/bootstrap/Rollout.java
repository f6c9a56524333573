package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes registries so that others serve meanwhile: those that have to be restarted one after the
 * other, each proven before the next; and where a registry cannot serve by an old and a new
 * password, or with and without TLS, at once, some before nodes are told, and some after.
 */
final class Rollout {
  private final InstallStep install;
  private final Step audit;
  private final Step ready;
  private final StepRunner runner;
  private final List<Host> replicas;
  private final List<FoundReplica> found;
  private final List<Host> late;

  /**
   * Makes one.
   *
   * @param proof what proves what a registry holds, and then that it serves
   * @param replicas the registry hosts of the call
   * @param found those of them on which nothing failed so far
   */
  Rollout(
      InstallStep install,
      List<Step> proof,
      StepRunner runner,
      List<Host> replicas,
      List<FoundReplica> found) {
    this.install = install;
    this.audit = proof.get(0);
    this.ready = proof.get(1);
    this.runner = runner;
    this.replicas = List.copyOf(replicas);
    this.found = List.copyOf(found);
    List<Host> other =
        found.stream().filter(FoundReplica::exclusive).map(FoundReplica::host).toList();
    // Where some are as they shall be already, or become so as their first, nodes can use these.
    int early = other.size() < found.size() ? 0 : (other.size() + 1) / 2;
    this.late = List.copyOf(other.subList(Math.min(early, other.size()), other.size()));
  }

  /** Whom nodes have to be told of others first. */
  List<Host> late() {
    return late;
  }

  /** Those that serve, and whose clients will see another certificate. */
  List<Host> otherIdentity() {
    return found.stream().filter(FoundReplica::otherIdentity).map(FoundReplica::host).toList();
  }

  /** Changes all but the late ones. */
  void runEarly() {
    run(replicas.stream().filter(host -> !late.contains(host)).toList());
  }

  /** Changes the late ones. */
  void runLate() {
    run(late);
  }

  private void run(List<Host> some) {
    List<Host> restarted =
        found.stream()
            .filter(FoundReplica::interrupted)
            .map(FoundReplica::host)
            .filter(some::contains)
            .toList();
    List<Host> atOnce = some.stream().filter(host -> !restarted.contains(host)).toList();
    runner.run(List.of(install, audit, ready), atOnce);
    List<Host> bad = new ArrayList<>();
    for (Host host : restarted) {
      if (bad.isEmpty()) {
        runner.run(List.of(install, ready), List.of(host));
      } else {
        runner.add(left(host, bad.get(0)));
        runner.run(List.of(ready), List.of(host));
      }
      if (runner.failed(host)) {
        bad.add(host);
      }
    }
    runner.run(List.of(audit), restarted);
  }

  private HostResult left(Host host, Host bad) {
    return HostResult.of(
            host.address(),
            install.name(),
            Status.SKIPPED,
            "not changed, as it would have to be restarted, and the registry of "
                + bad.address()
                + " does not serve after its own restart")
        .advice(null, "look at the rows registry and ready of that host");
  }
}
