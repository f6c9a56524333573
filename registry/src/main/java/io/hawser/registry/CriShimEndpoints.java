package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The list of the CRI shim. The shim hands an image on under the name of the source that has it,
 * {@code 10.0.0.1:5000/app}; so containerd has to know that name too, and gets the whole list under
 * it. A name with an IPv6 address in it is refused by many runtimes, so such a replica is not
 * listed; it is still asked by the registry's name.
 */
final class CriShimEndpoints implements EndpointStrategy {
  private final String socket;

  CriShimEndpoints(String socket) {
    if (!socket.matches("/[!-~]+")) {
      throw new IllegalArgumentException(
          "the runtime's socket is an absolute path, not \"" + socket + "\"");
    }
    this.socket = socket;
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    if (!node.has("image-cri-shim")) {
      return List.of();
    }
    refuseTls(order);
    List<HostChange> changes = new ArrayList<>();
    List<Endpoint> listed = new ArrayList<>();
    // What the runtime cannot pull, the shim must not be told.
    for (Endpoint replica : socket.contains("containerd") ? order : List.<Endpoint>of()) {
      String name = EndpointUrl.of(replica).authority();
      List<Endpoint> itFirst = new ArrayList<>(order);
      Collections.rotate(itFirst, -order.indexOf(replica));
      List<HostChange> named = ContainerdEndpoints.named(node, name, itFirst);
      if (!name.startsWith("[") && !named.isEmpty()) {
        changes.addAll(named);
        listed.add(replica);
      }
    }
    String text = CriShimConfig.of(socket, order.get(0), listed);
    changes.add(ConfidentialFile.of("/etc/image-cri-shim.yaml", text, order));
    return List.copyOf(changes);
  }

  /** It would trust what the system trusts, and nothing can be added for the registry alone. */
  private static void refuseTls(List<Endpoint> order) {
    for (Endpoint replica : order) {
      if (EndpointUrl.of(replica).tls()) {
        throw new IllegalArgumentException(
            replica.address()
                + ": image-cri-shim has no setting for the authority of a registry with TLS; use"
                + " the strategy for containerd, or transport PLAIN_HTTP");
      }
    }
  }
}
