package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** In what two clusters differ, but for the passwords, which need not be saved. */
final class ClusterDifference {
  private ClusterDifference() {}

  /** Words for people; none if they are the same. */
  static List<String> between(Cluster one, Cluster other) {
    List<String> found = new ArrayList<>();
    compare(found, "hosts", one, other, cluster -> hosts(cluster, RoleWords::of));
    compare(found, "how to log in", one, other, cluster -> hosts(cluster, host -> access(host)));
    compare(found, "images", one, other, Cluster::mounts);
    compare(found, "environment", one, other, Cluster::env);
    return found;
  }

  private static <T> void compare(
      List<String> found, String what, Cluster one, Cluster other, Function<Cluster, T> part) {
    if (!Objects.equals(part.apply(one), part.apply(other))) {
      found.add("other " + what);
    }
  }

  private static <T> List<T> hosts(Cluster cluster, Function<Host, T> part) {
    return cluster.hosts().stream().map(part).toList();
  }

  private static SshAccess access(Host host) {
    return host.ssh().toBuilder().password(null).passphrase(null).build();
  }
}
