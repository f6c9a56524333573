package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.host.NodeFacts;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether the packets of the host's network are as long as those of most others: where they are
 * not, and routers swallow the complaint, connections open and then hang.
 */
final class MtuCheck implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    if (!host.isWholeMachine()) {
      return Finding.ok("the host lies below a root of its machine");
    }
    Optional<String> own = mtu(host.host(), host.facts());
    if (own.isEmpty()) {
      return host.untold("how long its packets are");
    }
    List<String> all =
        host.all().entrySet().stream()
            .flatMap(entry -> mtu(entry.getKey(), entry.getValue()).stream())
            .toList();
    String usual = all.get(0);
    for (String mtu : all) {
      usual = Collections.frequency(all, mtu) > Collections.frequency(all, usual) ? mtu : usual;
    }
    return usual.equals(own.get())
        ? Finding.ok(usual + " bytes")
        : Finding.warning(
                "packets may be " + own.get() + " bytes long, and those of other hosts " + usual)
            .advice(null, "give all hosts the same MTU, or make sure that ICMP passes");
  }

  private static Optional<String> mtu(Host host, NodeFacts facts) {
    return NetworkAddress.of(host, facts)
        .map(NetworkAddress::mtu)
        .filter(mtu -> mtu.matches("[0-9]+"));
  }
}
