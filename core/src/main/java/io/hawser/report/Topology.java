package io.hawser.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is who in a cluster, for a drawing: the hosts with their roles, which of them run a registry,
 * and in which order each asks the registries. Plain data without secrets, immutable, serialisable.
 *
 * <p>{@code Registries.topology()} makes one of a cluster, without asking its hosts: it is what a
 * run brings about. How that ended stands in the {@link Report}.
 */
public final class Topology implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One host.
   *
   * @param address the host's address
   * @param roles its roles, in lower case
   * @param registry the URL of the registry that it runs, without a path or credentials; null when
   *     it runs none
   * @param pullsFrom the addresses of the hosts whose registries it asks, the first first; empty
   *     when it is told of none
   */
  public record Member(
      String address, List<String> roles, @Nullable String registry, List<String> pullsFrom)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public Member {
      roles = List.copyOf(roles);
      pullsFrom = List.copyOf(pullsFrom);
    }

    /** Whether it runs a registry. */
    public boolean isReplica() {
      return registry != null;
    }
  }

  private final String cluster;
  private final ArrayList<Member> members;

  private Topology(String cluster, Collection<Member> members) {
    this.cluster = cluster;
    this.members = new ArrayList<>(members);
  }

  /**
   * A topology of these hosts.
   *
   * @param cluster the cluster's name
   */
  public static Topology of(CharSequence cluster, Collection<Member> members) {
    return new Topology(cluster.toString(), members);
  }

  /** The cluster's name. */
  public String cluster() {
    return cluster;
  }

  /** The hosts, in the order of the cluster. */
  public List<Member> members() {
    return List.copyOf(members);
  }

  /** The hosts that run a registry, in the order of the cluster. */
  public List<Member> replicas() {
    return members.stream().filter(Member::isReplica).toList();
  }

  /** The host with an address, if it is one of them. */
  public Optional<Member> member(CharSequence address) {
    return members.stream().filter(m -> m.address().contentEquals(address)).findFirst();
  }

  @Override
  public String toString() {
    return cluster + members.stream().map(Member::address).toList();
  }
}
