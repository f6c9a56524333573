package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The list of the CRI shim. The shim hands an image on under the name of the source that has it,
 * {@code 10.0.0.1:5000/app}; so containerd has to know that name too, and gets the whole list under
 * it.
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
    List<HostChange> changes = new ArrayList<>();
    if (socket.contains("containerd")) {
      changes.addAll(byAddress(node, order));
    }
    // What the runtime cannot pull, the shim must not be told.
    String text = CriShimConfig.of(socket, order, !changes.isEmpty());
    changes.add(ConfidentialFile.of("/etc/image-cri-shim.yaml", text, order));
    return List.copyOf(changes);
  }

  private static List<HostChange> byAddress(NodeFacts node, List<Endpoint> order) {
    List<HostChange> files = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      List<Endpoint> fromHere = new ArrayList<>(order);
      Collections.rotate(fromHere, -i);
      String name = EndpointUrl.of(order.get(i)).authority();
      files.addAll(ContainerdEndpoints.named(node, name, fromHere));
    }
    return files;
  }
}
