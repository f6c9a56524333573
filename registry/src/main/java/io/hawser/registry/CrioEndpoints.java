package io.hawser.registry;

import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
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
    String name = order.get(0).authority().replaceAll("[^A-Za-z0-9.-]+", "-");
    FileChange mirrors =
        FileChange.plain(
            "/etc/containers/registries.conf.d/90-hawser-" + name + ".conf",
            RegistriesConf.of(order));
    if (!ConfidentialFile.hasCredentials(order)) {
      return List.of(mirrors);
    }
    // The credentials first: a list of mirrors without them would only be refused.
    return List.of(
        FileChange.secret(AUTH, ContainersAuth.of(order)),
        FileChange.plain("/etc/crio/crio.conf.d/90-hawser-auth.conf", NAMES_AUTH),
        mirrors);
  }
}
