package io.hawser.bootstrap;

import io.hawser.bootstrap.adoption.Adoption;
import io.hawser.bootstrap.checks.Preflight;
import io.hawser.bootstrap.checks.PreflightCatalogue;
import io.hawser.bootstrap.checks.PreflightOptions;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.UndoOption;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import java.util.Set;
import java.util.function.Supplier;

/** Puts a bootstrap together from what its builder collected. */
record Wiring(
    Cluster cluster,
    Hosts reach,
    Registries registries,
    RegistryMode mode,
    RunOptions run,
    PreflightOptions preflight,
    TreeTerms terms,
    Set<UndoOption> undoOptions,
    boolean hostsFileInPlace,
    Drain drain) {

  Bootstrap bootstrap() {
    Adoption adoption = new Adoption(registries, mode);
    Supplier<RootfsTrees> trees = terms.of(cluster);
    ClusterSteps steps = new ClusterSteps(cluster, registries, run, hostsFileInPlace, mode, trees);
    LiveRun live =
        new LiveRun(
            steps,
            registries,
            new ProvenReplicas(registries, reach),
            new AuthorityChange(registries, drain),
            new LoginChange(cluster, registries, drain),
            new Retirement(cluster, registries, drain));
    PreflightCatalogue catalogue =
        new PreflightCatalogue(cluster, registries, mode, trees, terms.lenientOf(cluster));
    Preflight checks = new Preflight(catalogue, preflight, reach::access, reach.width());
    return new JournalledBootstrap(
        cluster, reach, adoption, steps, live, checks, undoOptions, run.terms());
  }
}
