package io.hawser.registry;

import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.List;

/** cri-o's mirrors, and the file with their credentials that its configuration names. */
final class CrioEndpoints implements EndpointStrategy {
  private static final String AUTH = "/etc/crio/hawser-auth.json";
  private static final String NAMES_AUTH =
      """
      # Written by Hawser.
      [crio.image]
      global_auth_file = "%s"
      """
          .formatted(AUTH);

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    if (!node.has("crio")) {
      return List.of();
    }
    List<HostChange> changes = new ArrayList<>();
    // What the mirrors need comes before them: without it they would only be refused.
    List<String> names = MirrorLocation.hostsLines(order);
    if (!names.isEmpty()) {
      changes.add(
          new BlockChange(
              "/etc/hosts", "registry-mirrors." + EndpointUrl.label(order.get(0)), names));
    }
    for (Endpoint endpoint : order) {
      String mirror = MirrorLocation.of(endpoint).authority();
      changes.addAll(CaFile.at("/etc/containers/certs.d/" + mirror + "/ca.crt", List.of(endpoint)));
    }
    if (ConfidentialFile.hasCredentials(order)) {
      changes.add(FileChange.secret(AUTH, ContainersAuth.of(order)));
      changes.add(FileChange.plain("/etc/crio/crio.conf.d/90-hawser-auth.conf", NAMES_AUTH));
    }
    String label = EndpointUrl.label(order.get(0));
    String path = "/etc/containers/registries.conf.d/90-hawser-" + label + ".conf";
    changes.add(FileChange.plain(path, RegistriesConf.of(order)));
    return List.copyOf(changes);
  }
}
