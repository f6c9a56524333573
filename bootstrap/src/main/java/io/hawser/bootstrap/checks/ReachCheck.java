package io.hawser.bootstrap.checks;

import io.hawser.CancelledException;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.host.Survey;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistrySettings;
import io.hawser.report.HostResult;
import io.hawser.ssh.SshException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reaches a host and takes all facts that the checks need of it, in two calls. */
final class ReachCheck {
  /** Under this name the facts say why there are no answers to the survey. */
  static final String NO_SURVEY = "survey";

  private final Cluster cluster;
  private final Registries registries;

  ReachCheck(Cluster cluster, Registries registries) {
    this.cluster = cluster;
    this.registries = registries;
  }

  /** The row, and the facts where the host was reached. */
  record Answer(HostResult row, @Nullable NodeFacts facts) {}

  Answer ask(HostAccess access) {
    String address = access.host().address();
    NodeFacts[] facts = new NodeFacts[1];
    HostResult row =
        HostStep.run(
            address,
            PreflightNames.REACH,
            () -> {
              try {
                facts[0] = access.facts();
                return Finding.ok(summary(facts[0])).row(address, PreflightNames.REACH);
              } catch (SshException e) {
                return unreachable(access.host(), e).row(address, PreflightNames.REACH);
              }
            });
    NodeFacts found = facts[0];
    return new Answer(row, found == null ? null : withSurvey(access, found));
  }

  /** Checks whose answers are missing say that they could not check. */
  private NodeFacts withSurvey(HostAccess access, NodeFacts facts) {
    Map<String, String> all = new TreeMap<>(facts.values());
    try {
      all.putAll(access.survey(questions(access.host())).values());
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      all.put(NO_SURVEY, HostStep.message(access.host().address(), e));
    }
    return NodeFacts.of(all);
  }

  private Survey questions(Host host) {
    List<Host> replicas = registries.replicas();
    RegistrySettings settings = registries.settings(replicas.get(0));
    Set<String> paths = new LinkedHashSet<>(destinations(cluster));
    List<Integer> ports = new ArrayList<>();
    if (replicas.contains(host)) {
      ports.add(settings.port());
      paths.add(registries.settings(host).dataDirectory());
    }
    List<String> peers =
        replicas.stream()
            .filter(replica -> !replica.equals(host))
            .map(replica -> replica.address() + "/" + settings.port())
            .toList();
    return new Survey(ports, paths, peers);
  }

  /** Where Hawser writes on every host. */
  static List<String> destinations(Cluster cluster) {
    HostPaths paths = HostPaths.of(cluster);
    return List.of(paths.base(), paths.rootfs(), paths.registry(), "/var/lib/hawser", "/etc");
  }

  private static String summary(NodeFacts facts) {
    return String.join(" ", facts.get("os"), facts.get("arch"), "as", facts.get("user")).strip();
  }

  private Finding unreachable(Host host, SshException e) {
    String message = String.valueOf(e.getMessage());
    String prefix = host.address() + ": ";
    return Finding.failed(message.startsWith(prefix) ? message.substring(prefix.length()) : message)
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
