package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs every check on every host at once, without a change of ours. */
final class Preflight {
  private static final String REACH = "reach";

  private final Cluster cluster;
  private final Hosts reach;
  private final List<PreflightCheck> checks;

  Preflight(
      Cluster cluster,
      Hosts reach,
      Registries registries,
      Adoption adoption,
      Supplier<RootfsTrees> trees) {
    this.cluster = cluster;
    this.reach = reach;
    this.checks =
        List.of(
            new ToolsCheck(cluster, registries),
            new EnvCheck(cluster),
            new SpaceCheck(trees, registries),
            new AdoptionCheck(adoption),
            new RegistryDataCheck(registries, adoption.mode(), adoption),
            new RegistryProgramCheck(cluster, registries, adoption.mode()),
            new EndpointsCheck(registries),
            new ScriptCheck(cluster, registries.scripts(), adoption));
  }

  Report check(List<Host> hosts) {
    List<List<HostResult>> perHost = FanOut.map(hosts, reach.width(), this::checkHost);
    List<HostResult> rows = new ArrayList<>();
    int longest = perHost.stream().mapToInt(List::size).max().orElse(0);
    // The report is ordered by check and then by host, like that of every other call.
    for (int i = 0; i < longest; i++) {
      for (List<HostResult> results : perHost) {
        if (i < results.size()) {
          rows.add(results.get(i));
        }
      }
    }
    return Report.of(rows);
  }

  private List<HostResult> checkHost(Host host) {
    List<HostResult> rows = new ArrayList<>();
    HostAccess access = reach.access(host);
    NodeFacts[] facts = new NodeFacts[1];
    rows.add(
        HostStep.run(
            host.address(),
            REACH,
            () -> {
              try {
                facts[0] = access.facts();
                return HostResult.of(host.address(), REACH, Status.OK, summary(facts[0]));
              } catch (SshException e) {
                return unreachable(host, e);
              }
            }));
    NodeFacts found = facts[0];
    for (PreflightCheck check : checks) {
      if (check.appliesTo(host)) {
        rows.add(found == null ? notChecked(host, check) : row(check, access, found));
      }
    }
    return rows;
  }

  private static HostResult row(PreflightCheck check, HostAccess access, NodeFacts facts) {
    String address = access.host().address();
    return HostStep.run(address, check.name(), () -> check.check(access, facts));
  }

  private static HostResult notChecked(Host host, PreflightCheck check) {
    return HostResult.of(
        host.address(), check.name(), Status.NOT_CHECKED, "could not check: host not reached");
  }

  private static String summary(NodeFacts facts) {
    return String.join(" ", facts.get("os"), facts.get("arch"), "as", facts.get("user")).strip();
  }

  private HostResult unreachable(Host host, SshException e) {
    String message = String.valueOf(e.getMessage());
    String prefix = host.address() + ": ";
    return HostResult.of(
            host.address(),
            REACH,
            Status.FAILED,
            message.startsWith(prefix) ? message.substring(prefix.length()) : message)
        .advice(field(host, e.reason()), hint(e.reason()));
  }

  private @Nullable String field(Host host, SshException.Reason reason) {
    return switch (reason) {
      case REFUSED, UNREACHABLE, LINK ->
          "spec.hosts (host " + (cluster.hosts().indexOf(host) + 1) + " of the cluster)";
      case AUTHENTICATION,
          CREDENTIAL,
          SUDO,
          SUDO_NEEDS_PASSWORD,
          SUDO_WRONG_PASSWORD,
          SUDO_NOT_ALLOWED,
          SUDO_MISSING,
          SUDO_TTY ->
          "spec.ssh, or ssh of the host";
      case UNKNOWN_HOST_KEY, CHANGED_HOST_KEY, NEGOTIATION -> null;
    };
  }

  private static String hint(SshException.Reason reason) {
    return switch (reason) {
      case REFUSED -> "is sshd running, and is the port right?";
      case UNREACHABLE -> "is the host up, and may this machine reach it?";
      case LINK -> "look into the log of sshd on the host";
      case AUTHENTICATION -> "check user, password and key; sshd's log says what it refused";
      case CREDENTIAL -> "check the key's file, its mode and its passphrase";
      case SUDO -> "check that the user may run sudo, and its password";
      case SUDO_NEEDS_PASSWORD -> "give the user's password, or allow sudo without one";
      case SUDO_WRONG_PASSWORD -> "check the user's password: it is offered to sudo once";
      case SUDO_NOT_ALLOWED -> "allow the user to run sudo: docs/sudo.md has the lines";
      case SUDO_MISSING -> "install sudo on the host, or log in as root";
      case SUDO_TTY -> "take requiretty from the user: docs/sudo.md has the line";
      case UNKNOWN_HOST_KEY -> "compare the fingerprint with the host's, then learn the key";
      case CHANGED_HOST_KEY -> "find out why the key changed before you remove the old one";
      case NEGOTIATION -> "the host's SSH server is too old, or limited to other algorithms";
    };
  }
}
