package io.hawser.bootstrap;

import io.hawser.HawserException;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether a replica serves: for its own host, and for at least one other host of the run, since a
 * registry behind a closed firewall is as good as none.
 */
record Readiness(Registries registries, Function<? super Host, HostAccess> access) {
  /** It does not serve when so many others get wrong answers, and nobody right ones. */
  private static final int WRONG = 3;

  HostResult of(Host replica, List<Host> run) {
    HostResult own = RegistryStep.strict(registries.ready(access.apply(replica)));
    List<Host> others = others(replica, run);
    return own.status().isFailure() || others.isEmpty() ? own : seenBy(others, replica, own);
  }

  private HostResult seenBy(List<Host> others, Host replica, HostResult own) {
    List<String> refused = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (Host other : others) {
      HostResult answer = ask(other, replica);
      if (answer.status() == Status.OK) {
        return row(own, Status.OK, own.message() + ", for " + other.address() + ", too");
      }
      List<String> reasons = answer.status() == Status.FAILED ? refused : silent;
      reasons.add(other.address() + ": " + answer.message());
      if (refused.size() == WRONG) {
        break;
      }
    }
    if (refused.isEmpty()) {
      return row(own, Status.WARNING, own.message() + "; no other host could ask")
          .details(silent)
          .advice(null, "install curl on the nodes, or ask with verify");
    }
    return row(own, Status.FAILED, "serves its own host, but not " + String.join("; ", refused))
        .details(silent)
        .advice(null, "does a firewall close the registry's port, or is the address another one?");
  }

  private HostResult ask(Host other, Host replica) {
    try {
      return registries.readyFor(access.apply(other), replica);
    } catch (HawserException e) {
      return HostResult.of(
          other.address(), ClusterSteps.READY, Status.NOT_CHECKED, String.valueOf(e.getMessage()));
    }
  }

  /** Nodes without a replica first, beginning at another one for each replica. */
  private List<Host> others(Host replica, List<Host> run) {
    List<Host> replicas = registries.replicas();
    List<Host> nodes = run.stream().filter(host -> !replicas.contains(host)).toList();
    List<Host> others = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      others.add(nodes.get((replicas.indexOf(replica) + i) % nodes.size()));
    }
    run.stream()
        .filter(host -> replicas.contains(host) && !host.equals(replica))
        .forEach(others::add);
    return others;
  }

  private static HostResult row(HostResult own, Status status, String message) {
    return HostResult.of(own.host(), own.step(), status, message).took(own.took());
  }
}
