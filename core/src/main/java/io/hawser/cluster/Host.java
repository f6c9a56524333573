package io.hawser.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a cluster: its address, its roles and how to log in. Immutable.
 *
 * <p>Two hosts are equal when they have the same address and SSH port.
 */
public final class Host {
  private final String address;
  private final SshAccess ssh;
  private final ImmutableSet<Role> roles;
  private final ImmutableMap<String, String> labels;
  private final GivenEnv env;
  private final @Nullable String arch;
  private final String root;

  private Host(Builder builder) {
    this.address = builder.address;
    this.ssh = builder.ssh;
    this.roles = ImmutableSet.copyOf(builder.roles);
    this.labels = ImmutableMap.copyOf(builder.labels);
    this.env = builder.env.collect();
    this.arch = builder.arch;
    this.root = builder.root;
  }

  /**
   * Starts a host that logs in as root on port 22.
   *
   * @param address an IPv4 or IPv6 literal
   * @throws IllegalArgumentException if the address is no IP literal
   */
  public static Builder at(CharSequence address) {
    return new Builder(HostAddress.canonical(address.toString()));
  }

  /** A builder that starts with the values of this host. */
  public Builder toBuilder() {
    Builder builder = new Builder(address).ssh(ssh).root(root).arch(arch);
    builder.roles.addAll(roles);
    builder.labels.putAll(labels);
    builder.env.add(env);
    return builder;
  }

  /** The canonical IP address; IPv6 without brackets. */
  public String address() {
    return address;
  }

  /** How to log in. */
  public SshAccess ssh() {
    return ssh;
  }

  /** The roles in the order given. */
  public Set<Role> roles() {
    return roles;
  }

  /** Whether the host has a role. */
  public boolean is(Role role) {
    return roles.contains(role);
  }

  /**
   * Free labels, for example {@code rack=a}; in a Clusterfile they stand in the list of roles as
   * {@code key=value}.
   */
  public Map<String, String> labels() {
    return labels;
  }

  /**
   * The host's own environment for scripts and templates; it beats that of the cluster. Names that
   * start with {@code SEALOS_SYS} are not in it: only images may set them.
   */
  public Map<String, String> env() {
    return env.last();
  }

  /** All values that were given for a name, in order; {@link #env()} has the last. */
  public List<String> envValues(CharSequence name) {
    return env.all(name);
  }

  GivenEnv givenEnv() {
    return env;
  }

  /** The architecture as the Clusterfile names it ({@code amd64}, {@code arm64}), if it does. */
  public Optional<String> arch() {
    return Optional.ofNullable(arch);
  }

  /**
   * The directory below which every absolute path on the host is taken, like DESTDIR; {@code /} by
   * default. It never ends with a slash otherwise.
   */
  public String root() {
    return root;
  }

  /** An absolute path of the host as the host's own shell must name it: below {@link #root()}. */
  public String resolve(CharSequence absolutePath) {
    String path = absolutePath.toString();
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("\"" + path + "\" is not an absolute path on " + address);
    }
    return root.equals("/") ? path : root + path;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Host that
        && address.equals(that.address)
        && ssh.port() == that.ssh.port();
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + ssh.port();
  }

  @Override
  public String toString() {
    return address;
  }

  /** Collects the values of a {@link Host}. Not thread-safe. */
  public static final class Builder {
    private final String address;
    private final Set<Role> roles = new LinkedHashSet<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final GivenEnv.Collector env = new GivenEnv.Collector();
    private SshAccess ssh = SshAccess.builder().build();
    private @Nullable String arch;
    private String root = "/";

    private Builder(String address) {
      this.address = address;
    }

    /** Adds roles. */
    public Builder roles(Role... roles) {
      return roles(List.of(roles));
    }

    /** Adds roles. */
    public Builder roles(Collection<Role> roles) {
      this.roles.addAll(roles);
      return this;
    }

    /** How to log in. */
    public Builder ssh(SshAccess ssh) {
      this.ssh = ssh;
      return this;
    }

    /** Adds a label. */
    public Builder label(CharSequence key, CharSequence value) {
      labels.put(key.toString(), value.toString());
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

    /** The architecture, or null when unknown. */
    public Builder arch(@Nullable CharSequence arch) {
      this.arch = arch == null ? null : arch.toString();
      return this;
    }

    /** The directory that stands for {@code /} on this host; absolute, without {@code ..}. */
    public Builder root(CharSequence root) {
      String text = root.toString();
      if (!text.startsWith("/") || ImmutableList.copyOf(text.split("/")).contains("..")) {
        throw new IllegalArgumentException("root \"" + text + "\" is not an absolute path");
      }
      this.root =
          text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      return this;
    }

    /** Makes the host. */
    public Host build() {
      return new Host(this);
    }
  }
}
