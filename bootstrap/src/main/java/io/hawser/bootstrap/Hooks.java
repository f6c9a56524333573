package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import java.util.List;

/** The hooks of a bootstrap, in the order in which they were registered. */
record Hooks(Cluster cluster, List<Hook> all) {
  Hooks {
    all = List.copyOf(all);
    // An address that the cluster does not have is told now and not in the middle of a run.
    all.forEach(hook -> cluster.hosts().forEach(host -> hook.scope().covers(cluster, host)));
  }

  List<Step> before(Phase phase) {
    return steps(phase, true);
  }

  List<Step> after(Phase phase) {
    return steps(phase, false);
  }

  private List<Step> steps(Phase phase, boolean before) {
    return all.stream()
        .filter(hook -> hook.isBefore() == before && hook.phase().filter(phase::equals).isPresent())
        .map(this::step)
        .toList();
  }

  private Step step(Hook hook) {
    return new ChangeStep(hook.name(), host -> hook.scope().covers(cluster, host), hook.changes());
  }
}
