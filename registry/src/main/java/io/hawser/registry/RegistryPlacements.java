package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the placements that come with Hawser. All are immutable and thread-safe. */
public final class RegistryPlacements {
  private RegistryPlacements() {}

  /** The hosts with the role registry; where there is none, the first master. */
  public static RegistryPlacement standard() {
    return cluster -> {
      List<Host> marked = cluster.hosts(Role.REGISTRY);
      return marked.isEmpty() ? ImmutableList.of(cluster.firstMaster()) : marked;
    };
  }

  /** The hosts with these addresses, in this order. */
  public static RegistryPlacement at(CharSequence... addresses) {
    return at(List.of(addresses));
  }

  /** The hosts with these addresses, in this order. */
  public static RegistryPlacement at(Collection<? extends CharSequence> addresses) {
    // A Groovy GString is no String: every element is taken as text.
    List<String> texts = new ArrayList<>();
    for (Object address : addresses) {
      texts.add(String.valueOf(address));
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a registry needs at least one host");
    }
    List<String> copy = ImmutableList.copyOf(texts);
    return cluster -> cluster.select(copy);
  }

  /** The first {@code n} masters. */
  public static RegistryPlacement masters(int n) {
    checkCount(n);
    return cluster -> {
      List<Host> masters = cluster.hosts(Role.MASTER);
      checkEnough(cluster, n, masters.size(), "masters");
      return ImmutableList.copyOf(masters.subList(0, n));
    };
  }

  /**
   * {@code n} hosts with as many different values of a host label as there are, for example one per
   * rack. Among equal hosts masters come first, then the order of the cluster. Hosts without the
   * label are not taken.
   */
  public static RegistryPlacement spread(CharSequence label, int n) {
    String key = label.toString();
    checkCount(n);
    return cluster -> {
      List<Host> candidates =
          mastersFirst(cluster).filter(h -> h.labels().containsKey(key)).toList();
      checkEnough(cluster, n, candidates.size(), "hosts with the label " + key);
      return spread(candidates, key, n);
    };
  }

  private static Stream<Host> mastersFirst(Cluster cluster) {
    return Stream.concat(
        cluster.hosts(Role.MASTER).stream(),
        cluster.hosts().stream().filter(host -> !host.is(Role.MASTER)));
  }

  /** Takes one host of each value, then a second of each, and so on. */
  private static List<Host> spread(List<Host> candidates, String key, int n) {
    List<Host> left = new ArrayList<>(candidates);
    List<Host> chosen = new ArrayList<>();
    while (chosen.size() < n) {
      Set<String> seen = new HashSet<>();
      for (Host host : List.copyOf(left)) {
        if (chosen.size() < n && seen.add(host.labels().getOrDefault(key, ""))) {
          chosen.add(host);
          left.remove(host);
        }
      }
    }
    return ImmutableList.copyOf(chosen);
  }

  private static void checkCount(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("a registry needs at least one host, not " + n);
    }
  }

  private static void checkEnough(Cluster cluster, int wanted, int there, String what) {
    if (there < wanted) {
      throw new IllegalArgumentException(
          String.format(
              "registries on %d hosts are wanted, but cluster %s has only %d %s",
              wanted, cluster.name(), there, what));
    }
  }
}
