package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.BlockChange;
import java.util.List;
import java.util.Map;

/**
 * The names that sealos writes into hosts files beside the registry's, before it runs the init
 * scripts: masters know the API server at the first master, nodes at the virtual address that
 * lvscare serves on each of them.
 */
final class ClusterNames {
  private static final String API_SERVER = "apiserver.cluster.local";
  private static final String LVSCARE = "lvscare.node.ip";

  private static final String VIP_LABEL = "vip";

  /** As sealos has it where an image says nothing. */
  private static final String USUAL_VIP = "10.103.97.2";

  private ClusterNames() {}

  static BlockChange lines(Cluster cluster, Host host) {
    List<String> lines =
        host.is(Role.MASTER)
            ? List.of(cluster.firstMaster().address() + " " + API_SERVER)
            : List.of(
                virtualAddress(cluster, host) + " " + API_SERVER, host.address() + " " + LVSCARE);
    return new BlockChange("/etc/hosts", "apiserver." + cluster.name(), lines)
        .insteadOf(API_SERVER);
  }

  /** The label is an address, or names the variable that holds it. */
  private static String virtualAddress(Cluster cluster, Host host) {
    Map<String, String> env = cluster.env(host);
    String label =
        cluster.rootfs().map(image -> image.labels().getOrDefault(VIP_LABEL, "")).orElse("");
    if (label.startsWith("$")) {
      return env.getOrDefault(label.replaceAll("[${}]", ""), USUAL_VIP);
    }
    return label.isBlank() ? env.getOrDefault("defaultVIP", USUAL_VIP) : label;
  }
}
