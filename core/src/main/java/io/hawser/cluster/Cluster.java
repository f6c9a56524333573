package io.hawser.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is to be brought up: hosts with their roles, images and environment.
 *
 * <p>Immutable and thread-safe; order is that of the Clusterfile everywhere. Read one with {@code
 * Clusterfiles}, or build one.
 */
public final class Cluster {
  /** The name under which an environment holds the password of the registry. */
  public static final String REGISTRY_PASSWORD = "registryPassword";

  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private final String name;
  private final ImmutableList<Host> hosts;
  private final ImmutableMap<String, String> env;
  private final ImmutableList<ImageMount> mounts;
  private final ImmutableList<Config> configs;

  private Cluster(
      String name,
      List<Host> hosts,
      Map<String, String> env,
      List<ImageMount> mounts,
      List<Config> configs) {
    this.configs = ImmutableList.copyOf(configs);
    this.name = name;
    this.hosts = ImmutableList.copyOf(hosts);
    this.env = ImmutableMap.copyOf(env);
    this.mounts = ImmutableList.copyOf(mounts);
  }

  /**
   * Starts a cluster.
   *
   * @param name an RFC 1123 label: lower case letters, digits and dashes, at most 63
   */
  public static Builder named(CharSequence name) {
    return new Builder(name.toString());
  }

  /** Whether a text can name a cluster: an RFC 1123 label. */
  public static boolean isName(CharSequence text) {
    return text.toString().matches(NAME);
  }

  /** The name, safe as a part of a path. */
  public String name() {
    return name;
  }

  /** All hosts. */
  public List<Host> hosts() {
    return hosts;
  }

  /** The hosts that have a role. */
  public List<Host> hosts(Role role) {
    return hosts.stream().filter(host -> host.is(role)).collect(ImmutableList.toImmutableList());
  }

  /** The first host with the role master; every cluster has one. */
  public Host firstMaster() {
    return hosts(Role.MASTER).get(0);
  }

  /** The environment of the whole cluster ({@code spec.env}); that of a host beats it. */
  public Map<String, String> env() {
    return env;
  }

  /** The images, lowest first. */
  public List<ImageMount> mounts() {
    return mounts;
  }

  /** What is done to files of the images, in this order. */
  public List<Config> configs() {
    return configs;
  }

  /** The image of type rootfs, if there is one. */
  public Optional<ImageMount> rootfs() {
    return mounts.stream().filter(mount -> mount.type() == ImageType.ROOTFS).findFirst();
  }

  /**
   * The environment that a script or template sees on a host. Lowest to highest: the images' own in
   * mount order (applications left out), the cluster's, the host's; then the values that Hawser
   * computes ({@code SEALOS_SYS_RUN_MODE}: the host's roles; {@code SEALOS_SYS_KUBE_VERSION}: the
   * rootfs's label {@code version}). Names that start with {@code SEALOS_SYS} are taken from images
   * only.
   */
  public Map<String, String> env(Host host) {
    Map<String, String> merged = new LinkedHashMap<>();
    mounts.stream()
        .filter(mount -> mount.type() != ImageType.APPLICATION)
        .forEach(mount -> merged.putAll(mount.env()));
    putUnreserved(merged, env);
    putUnreserved(merged, host.env());
    rootfs()
        .map(mount -> mount.labels().get("version"))
        .ifPresent(version -> merged.put("SEALOS_SYS_KUBE_VERSION", version));
    merged.put(
        "SEALOS_SYS_RUN_MODE", String.join(",", host.roles().stream().map(Role::word).toList()));
    return ImmutableMap.copyOf(merged);
  }

  /**
   * The password that was chosen for the registry: {@code registryPassword} in the environment of
   * the host, else in that of the cluster. One in an image's own environment is nobody's choice,
   * since every sealos rootfs carries the same.
   */
  public Optional<Secret> registryPassword(Host host) {
    String chosen = host.env().getOrDefault(REGISTRY_PASSWORD, env.get(REGISTRY_PASSWORD));
    return Optional.ofNullable(chosen).map(Secret::of);
  }

  private static void putUnreserved(Map<String, String> target, Map<String, String> values) {
    values.forEach(
        (key, value) -> {
          if (!key.startsWith("SEALOS_SYS")) {
            target.put(key, value);
          }
        });
  }

  /**
   * The host with an address, written as {@code ip} or {@code ip:port} ({@code [ip]:port} for
   * IPv6).
   *
   * @throws IllegalArgumentException if no host of the cluster has it, or several do and the port
   *     is missing
   */
  public Host host(CharSequence address) {
    List<Host> found = matching(address.toString());
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        (found.isEmpty() ? "no host " : "several hosts ")
            + address
            + " in cluster "
            + name
            + "; its hosts are "
            + hosts.stream().map(host -> host.address() + ":" + host.ssh().port()).toList());
  }

  /** Parses the text once, not once per host: clusters may be large. */
  private List<Host> matching(String text) {
    int colon = isAddress(text) ? -1 : text.lastIndexOf(':');
    String bare = colon < 0 ? text : text.substring(0, colon);
    if (!isAddress(bare)) {
      return List.of();
    }
    String canonical = HostAddress.canonical(bare);
    String port = colon < 0 ? "" : text.substring(colon + 1);
    return hosts.stream()
        .filter(host -> host.address().equals(canonical))
        .filter(host -> colon < 0 || port.equals(Integer.toString(host.ssh().port())))
        .toList();
  }

  private static boolean isAddress(String text) {
    try {
      HostAddress.canonical(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The hosts with these addresses, each once, in the order given; empty for an empty list. */
  public List<Host> select(Collection<? extends CharSequence> addresses) {
    Set<Host> selected = new LinkedHashSet<>();
    // A Groovy GString is no String: every element is taken as text.
    for (Object address : addresses) {
      selected.add(host(String.valueOf(address)));
    }
    return ImmutableList.copyOf(selected);
  }

  /** The same cluster with every host replaced, for example to give each another root. */
  public Cluster withHosts(UnaryOperator<Host> change) {
    return new Cluster(name, hosts.stream().map(change).toList(), env, mounts, configs);
  }

  /** The same cluster with other images. */
  public Cluster withMounts(Collection<ImageMount> mounts) {
    return new Cluster(name, hosts, env, List.copyOf(mounts), configs);
  }

  @Override
  public String toString() {
    return name + hosts;
  }

  /** Collects the values of a {@link Cluster}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<ImageMount> mounts = new ArrayList<>();
    private final List<Config> configs = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds hosts. */
    public Builder hosts(Host... hosts) {
      return hosts(List.of(hosts));
    }

    /** Adds hosts. */
    public Builder hosts(Collection<Host> hosts) {
      this.hosts.addAll(hosts);
      return this;
    }

    /** Adds environment; a later value of a name replaces an earlier one. */
    public Builder env(Map<String, ?> values) {
      values.forEach((key, value) -> env.put(String.valueOf(key), String.valueOf(value)));
      return this;
    }

    /** Adds an image, over those added before. */
    public Builder mount(ImageMount mount) {
      mounts.add(mount);
      return this;
    }

    /** Adds what is done to a file of images, after those added before. */
    public Builder config(Config config) {
      configs.add(config);
      return this;
    }

    /**
     * Makes the cluster.
     *
     * @throws IllegalArgumentException naming every fault: a name that is no RFC 1123 label, no
     *     master, two equal hosts, two mounts of one name, a config whose path leads elsewhere
     */
    public Cluster build() {
      List<String> faults = new ArrayList<>();
      if (!isName(name)) {
        faults.add("name \"" + name + "\" is not an RFC 1123 label (a-z, 0-9, -, at most 63)");
      }
      if (hosts.stream().noneMatch(host -> host.is(Role.MASTER))) {
        faults.add("no host has the role master");
      }
      if (ImmutableSet.copyOf(hosts).size() < hosts.size()) {
        faults.add("a host is given twice: " + hosts);
      }
      if (mounts.stream().map(ImageMount::name).distinct().count() < mounts.size()) {
        faults.add("two mounts have one name");
      }
      configs.stream()
          .filter(config -> !Config.isPath(config.path()))
          .forEach(config -> faults.add(config + " has no path below the image's root"));
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException("cluster: " + String.join("; ", faults));
      }
      return new Cluster(name, hosts, env, mounts, configs);
    }
  }
}
