package io.hawser.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
  private final ClusterEnv env;
  private final ImmutableList<ImageMount> mounts;
  private final ImmutableList<Config> configs;

  private Cluster(
      String name,
      List<Host> hosts,
      ClusterEnv env,
      List<ImageMount> mounts,
      List<Config> configs) {
    this.configs = ImmutableList.copyOf(configs);
    this.name = name;
    this.hosts = ImmutableList.copyOf(hosts);
    this.env = env;
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

  /**
   * The environment of the whole cluster ({@code spec.env}); that of a host beats it. Names that
   * start with {@code SEALOS_SYS} are not in it: only images may set them.
   */
  public Map<String, String> env() {
    return env.own().last();
  }

  /** All values that were given for a name, in order; {@link #env()} has the last. */
  public List<String> envValues(CharSequence name) {
    return env.own().all(name);
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
   * The image whose label of this name counts: the last one that has it of those that go to every
   * host. An application's never does, so it cannot replace a script of the rootfs.
   */
  public Optional<ImageMount> labelled(CharSequence label) {
    return mounts.stream()
        .filter(mount -> mount.isOnEveryHost() && mount.script(label).isPresent())
        .reduce((earlier, later) -> later);
  }

  /**
   * The environment that scripts and templates of the rootfs see on a host. Lowest to highest: the
   * images' own in mount order (applications left out), what is given for the call, the cluster's,
   * the host's; then the values that Hawser computes ({@code SEALOS_SYS_RUN_MODE}: the host's
   * roles; {@code SEALOS_SYS_KUBE_VERSION}: the rootfs's label {@code version}). Names that start
   * with {@code SEALOS_SYS} are taken from images only.
   */
  public Map<String, String> env(Host host) {
    return layers(host, null).merged();
  }

  /**
   * The same as scripts and templates of an image see it: for an application its own environment
   * stands over that of the other images.
   */
  public Map<String, String> env(Host host, ImageMount reader) {
    return layers(host, reader).merged();
  }

  /** What a host's environment would be if nobody had chosen anything: the images' own. */
  public Map<String, String> imageEnv(Host host) {
    return layers(host, null).unchosen();
  }

  /** The value that the call, the cluster or the host gives to a name; images do not count. */
  public Optional<String> chosenEnv(Host host, CharSequence name) {
    return layers(host, null).chosen(name);
  }

  /** Where each value of {@link #env(Host)} comes from, what it beat, and what is ignored. */
  public EnvExplanation explainEnv(Host host) {
    return layers(host, null).explained();
  }

  private EnvLayers layers(Host host, @Nullable ImageMount reader) {
    return EnvLayers.of(mounts, env, host, reader);
  }

  /**
   * The password that was chosen for the registry: {@code registryPassword} of the call, the
   * cluster or the host. One in an image's own environment is nobody's choice, since every sealos
   * rootfs carries the same.
   */
  public Optional<Secret> registryPassword(Host host) {
    return chosenEnv(host, REGISTRY_PASSWORD).map(Secret::of);
  }

  /**
   * The same cluster with environment that is given for this call, in place of that of an earlier
   * one.
   *
   * @param values as {@link Builder#env} takes them
   */
  public Cluster withCallEnv(Map<String, ?> values, EnvOrder order) {
    GivenEnv.Collector call = new GivenEnv.Collector();
    call.add(values);
    return new Cluster(
        name, hosts, new ClusterEnv(env.own(), call.collect(), order), mounts, configs);
  }

  /**
   * The host with an address, written as {@code ip} or {@code ip:port} ({@code [ip]:port} for
   * IPv6).
   *
   * @throws IllegalArgumentException if no host of the cluster has it, or several do and the port
   *     is missing
   */
  public Host host(CharSequence address) {
    return NamedHosts.one(hosts, address.toString(), name);
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

  /**
   * The same cluster with these hosts in the place of its own, for example with one more.
   *
   * @throws IllegalArgumentException naming every fault: no master, two equal hosts
   */
  public Cluster withMembers(Collection<Host> members) {
    named(name).hosts(members).build();
    return new Cluster(name, List.copyOf(members), env, mounts, configs);
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
    private final GivenEnv.Collector env = new GivenEnv.Collector();
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

    /**
     * Adds environment; of several values of a name, also given as a collection, the last counts.
     * Names that start with {@code SEALOS_SYS} are set aside, which preflight and {@link
     * Cluster#explainEnv} tell.
     */
    public Builder env(Map<String, ?> values) {
      env.add(values);
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
      ClusterEnv own = new ClusterEnv(env.collect(), GivenEnv.NONE, EnvOrder.CLUSTERFILE_WINS);
      return new Cluster(name, hosts, own, mounts, configs);
    }
  }
}
