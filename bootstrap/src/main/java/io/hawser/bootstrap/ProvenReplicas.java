package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Which replicas a node may be told of: those that were audited and served in this run, and of the
 * registry hosts that this run leaves alone those that prove it now, without a change.
 */
record ProvenReplicas(Registries registries, Hosts reach) {
  static final String NAME = "prove";

  /**
   * Adds a row to the runner's report for each replica that is left out although nobody chose so.
   *
   * @param late replicas of the call that follow later
   */
  List<Host> after(StepRunner runner, LockedHosts locked, List<Host> selected, List<Host> late) {
    List<Host> others =
        registries.replicas().stream().filter(replica -> !selected.contains(replica)).toList();
    List<HostResult> proofs = reach.onEach(others, replica -> proof(replica, locked, selected));
    List<Host> proven = new ArrayList<>();
    for (Host replica : registries.replicas()) {
      if (late.contains(replica)) {
        continue;
      }
      int other = others.indexOf(replica);
      if (other < 0 ? !runner.failed(replica) : !proofs.get(other).status().isFailure()) {
        proven.add(replica);
      } else if (other >= 0) {
        runner.add(leftOut(proofs.get(other)));
      }
    }
    return proven;
  }

  private HostResult proof(Host replica, LockedHosts locked, List<Host> selected) {
    return HostStep.run(
        replica.address(),
        NAME,
        () -> {
          HostAccess access = reach.access(replica);
          HostResult audit = registries.audit(access);
          return audit.status().isFailure()
              ? audit
              : new Readiness(
                      registries, host -> host.equals(replica) ? access : locked.access(host))
                  .of(replica, selected);
        });
  }

  private static HostResult leftOut(HostResult proof) {
    return HostResult.of(
            proof.host(),
            NAME,
            Status.WARNING,
            "this registry is not proven, so no node is told of it: " + proof.message())
        .advice(null, "include the host in this call, or bring its registry back")
        .took(proof.took());
  }
}
