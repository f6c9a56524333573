package io.hawser.examples.installer;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.filesystem.Filesystem;
import io.hawser.host.HostAccess;
import io.hawser.registry.Distribution;
import io.hawser.registry.RegistryPlacements;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Nodes are told of the registries that stay before another one goes; a host leaves the Clusterfile
 * when it is clean, so that the same command can be repeated until then.
 */
@Command(
    name = "remove",
    aliases = "delete",
    description =
        "Takes roles from hosts. A registry goes when no node uses it any more; a host without a"
            + " role is reset and leaves the cluster. Asks before.")
final class RemoveCommand extends ClusterCommand {
  @Mixin private RoleLists lists = new RoleLists();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Option(
      names = "--forget",
      description =
          "hosts that leave are dead for good: they are not reached, only taken out of the"
              + " Clusterfile once the others do without them")
  private boolean forget;

  private final SavedChange change = new SavedChange();

  RemoveCommand() {}

  @Override
  Clusterfile clusterfile() {
    Clusterfile file = super.clusterfile();
    Map<Role, List<HostList.Item>> taken = lists.read();
    if (taken.isEmpty()) {
      throw new IllegalArgumentException("give --masters, --nodes or --registries");
    }
    change.begin(file, options().file());
    change.wanted().remove(taken);
    return forget ? change.file() : file;
  }

  @Override
  void check(Cluster cluster) {
    out().print(change.differences());
    out().flush();
    confirmation.require(
        options().surroundings().terminal(),
        err(),
        "Take these roles away" + (forget ? ", and forget hosts that have none then" : "") + "?");
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    List<Host> retiring =
        change.was(Role.REGISTRY).stream()
            .filter(host -> !change.wanted().hosts(Role.REGISTRY).contains(host))
            .toList();
    Report report =
        retiring.isEmpty()
            ? Report.empty()
            : phase("withdraw registries", withoutRetiring(cluster, ssh)::applyExternalDeps);
    Set<Host> open = new LinkedHashSet<>();
    if (!forget) {
      retiring.stream().filter(host -> stays(cluster, ssh, host)).forEach(open::add);
      List<Host> leaving = new ArrayList<>(change.wanted().leaving());
      leaving.removeAll(open);
      report = report.then(clear(cluster, ssh, leaving, open));
    }
    return finish(report, open);
  }

  /** The registries that stay, in a cluster that still has the hosts that are to leave. */
  private Bootstrap withoutRetiring(Cluster cluster, SshClient ssh) {
    List<String> staying = Addresses.of(change.wanted().hosts(Role.REGISTRY));
    return options().bootstraps(cluster, ssh).placement(RegistryPlacements.at(staying)).build();
  }

  /** Whether a host has a registry of ours still, or nobody knows. */
  private static boolean stays(Cluster cluster, SshClient ssh, Host host) {
    try {
      Host member = cluster.host(Addresses.of(host));
      return HostAccess.to(ssh, cluster, member).journal().stream()
          .anyMatch(
              entry -> entry.owner().equals(Distribution.OWNER) && !entry.kind().equals("dir"));
    } catch (CancelledException e) {
      throw e;
    } catch (HawserException e) {
      return true;
    }
  }

  /** Takes everything off hosts that leave; those on which that failed stay open. */
  private Report clear(Cluster cluster, SshClient ssh, List<Host> leaving, Set<Host> open) {
    if (leaving.isEmpty()) {
      return Report.empty();
    }
    List<String> addresses = Addresses.of(leaving);
    Bootstrap bootstrap = options().bootstrap(cluster, ssh);
    Filesystem filesystem = options().filesystem(cluster, ssh, progress -> {});
    Report report =
        phase("reset", () -> bootstrap.reset(addresses))
            .then(phase("unmount", () -> filesystem.unMountRootfs(addresses)));
    leaving.stream()
        .filter(
            host -> report.results(host.address()).stream().anyMatch(r -> r.status().isFailure()))
        .forEach(open::add);
    return report;
  }

  private int finish(Report report, Set<Host> open) throws IOException {
    open.forEach(change::takeBack);
    if (change.save()) {
      out().println("saved " + options().file());
    }
    if (!open.isEmpty()) {
      err()
          .println(
              "not removed, and still in the Clusterfile: "
                  + String.join(", ", Addresses.of(open))
                  + ". See the rows above, and run the same command again; --forget takes hosts out"
                  + " that will never come back");
    }
    int status = conclude(report);
    return open.isEmpty() ? status : HawserCommand.FAILED;
  }

  @Override
  String afterInterruption() {
    return "Interrupted: what ran on the hosts was told to stop. The Clusterfile is as it was.\nRun"
        + " the same command again to finish.";
  }
}
