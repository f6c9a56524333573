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
  /**
   * Adds a row to the runner's report for each replica that is left out although nobody chose so.
   */
  List<Host> after(StepRunner runner, List<Host> selected) {
    List<Host> others =
        registries.replicas().stream().filter(replica -> !selected.contains(replica)).toList();
    List<HostResult> proofs = reach.onEach(others, this::proof);
    List<Host> proven = new ArrayList<>();
    for (Host replica : registries.replicas()) {
      int other = others.indexOf(replica);
      if (other < 0 ? !runner.failed(replica) : !proofs.get(other).status().isFailure()) {
        proven.add(replica);
      } else if (other >= 0) {
        runner.add(leftOut(proofs.get(other)));
      }
    }
    return proven;
  }

  private HostResult proof(Host replica) {
    return HostStep.run(
        replica.address(),
        "prove",
        () -> {
          HostAccess access = reach.access(replica);
          HostResult audit = registries.audit(access);
          return audit.status().isFailure() ? audit : RegistryStep.strict(registries.ready(access));
        });
  }

  private static HostResult leftOut(HostResult proof) {
    return HostResult.of(
            proof.host(),
            "prove",
            Status.WARNING,
            "this registry is not proven, so no node is told of it: " + proof.message())
        .advice(null, "include the host in this call, or bring its registry back")
        .took(proof.took());
  }
}
