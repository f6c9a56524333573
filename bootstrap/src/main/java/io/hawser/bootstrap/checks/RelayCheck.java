package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the host can pass artifacts on to the other hosts that will have a registry, as the relay
 * does: by openssl, to a TCP port that the other one picks. Where it cannot, this machine sends
 * everything itself, so nothing fails. Of a host whose registry's port is not reached either {@link
 * PeersCheck} tells.
 *
 * @param relayed whether the distributor is the relay
 */
record RelayCheck(Registries registries, boolean relayed) implements Question {
  /** One of those that the relay picks from, 49152 to 65151: firewalls do not tell them apart. */
  static final int PORT = 57_152;

  private static final String INSTEAD = "everything comes from this machine instead";

  @Override
  public Finding inspect(ReachedHost host) {
    if (!relayed) {
      return Finding.ok("hosts pass nothing on with this distributor");
    }
    if (registries.replicas().size() == 1) {
      return Finding.ok("there is one registry only");
    }
    if (!host.facts().has("openssl")) {
      return Finding.warning("no openssl, so no other host can pass artifacts on: " + INSTEAD)
          .advice(null, "install openssl on the host");
    }
    List<String> lost = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Host replica : registries.replicas()) {
      if (!replica.equals(host.host())) {
        String known = answer(host, replica, registries.settings(replica).port());
        String answer = answer(host, replica, PORT);
        if (known.isEmpty() || answer.isEmpty()) {
          return host.untold("whether it can pass artifacts on to " + replica.address());
        }
        if (!isReached(known) || answer.startsWith("unchecked")) {
          unknown.add(replica.address());
        } else if (!isReached(answer)) {
          lost.add(replica.address());
        }
      }
    }
    return lost.isEmpty() ? noneLost(unknown) : lost(lost);
  }

  private static Finding noneLost(List<String> unknown) {
    return unknown.isEmpty()
        ? Finding.ok("other registries are reached")
        : Finding.notChecked(
            "what peers says of " + String.join(", ", unknown) + " has to be mended before");
  }

  private static Finding lost(List<String> lost) {
    return Finding.warning(
            "ports from 49152 on are not reached on " + String.join(", ", lost) + ": " + INSTEAD)
        .advice(
            null,
            "open TCP ports 49152 to 65151 between the hosts of registries, or choose the"
                + " distributor direct");
  }

  private static String answer(ReachedHost host, Host replica, int port) {
    return host.facts().get("peer." + replica.address() + "/" + port);
  }

  private static boolean isReached(String answer) {
    return answer.equals("open") || answer.equals("refused");
  }
}
