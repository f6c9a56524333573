package io.hawser.examples.installer;

import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Hosts are written to the Clusterfile when the preflight has passed them, before anything is done
 * to them: whatever lies on a host of this cluster is known, and the same command can be repeated.
 */
@Command(
    name = "add",
    description =
        "Adds hosts, or gives roles to hosts that are there, and brings the cluster up to that; what"
            + " pulls meanwhile goes on.")
final class AddCommand extends ClusterCommand {
  @Mixin private NewHostOptions hosts = new NewHostOptions();

  @Option(names = "--dry-run", description = "show what would change and be done, and end")
  private boolean dryRun;

  private final SavedChange change = new SavedChange();

  AddCommand() {}

  @Override
  Clusterfile clusterfile() {
    Clusterfile file = super.clusterfile();
    Map<Role, List<HostList.Item>> lists = hosts.lists().read();
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("give --masters, --nodes or --registries");
    }
    SshAccess access = hosts.saved(file.access(), options().login());
    change.begin(file, options().file());
    change.wanted().add(lists, access);
    // The registry of a cluster that names none is on the first master; it shall not move.
    boolean first =
        lists.containsKey(Role.REGISTRY) && file.cluster().hosts(Role.REGISTRY).isEmpty();
    if (first) {
      change.wanted().give(file.cluster().firstMaster(), Role.REGISTRY);
    }
    if (change.wanted().hosts().size() > file.cluster().hosts().size()) {
      NewHostOptions.check(access, options().login());
    }
    return change.file();
  }

  @Override
  void check(Cluster cluster) {
    String differences = change.differences();
    out().print(differences.isEmpty() ? "the Clusterfile says so already\n" : differences);
    out().flush();
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Plan plan = options().bootstrap(cluster, ssh).plan();
    out().print(plan.toTable());
    out().flush();
    if (dryRun) {
      options().writeJson(plan.toJson());
      return plan.hasProblems() ? HawserCommand.FAILED : HawserCommand.DONE;
    }
    AppliedPhases phases = new AppliedPhases(this, cluster, ssh);
    Report preflight = phases.preflight();
    Set<String> failed =
        preflight.failures().stream().map(HostResult::host).collect(Collectors.toSet());
    List<Host> refused =
        change.hosts().stream().filter(host -> failed.contains(host.address())).toList();
    if (refused.isEmpty()) {
      save();
      return conclude(phases.after(preflight));
    }
    refused.forEach(change::takeBack);
    out().println("not added, see above: " + Addresses.of(refused));
    if (change.hosts().isEmpty()) {
      return conclude(preflight);
    }
    save();
    Cluster less = options().ready(change.file().cluster());
    return conclude(new AppliedPhases(this, less, ssh).after(preflight));
  }

  private void save() {
    if (change.save()) {
      out().println("saved " + options().file());
    }
  }
}
