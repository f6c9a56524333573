package io.hawser.registry;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.ImageScripts;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Topology;
import io.hawser.ssh.SshClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The replicas of a cluster's container registry: where they run, how they are installed, filled,
 * audited and asked, and how nodes reach them.
 *
 * <p>The usual order: {@link #distribute}, {@link #installChanges}, {@link #audit}, {@link #ready},
 * and only then {@link #endpointChanges}, so that no node is sent to a replica that does not hold
 * everything. Immutable and thread-safe; images are read when first needed, and once.
 */
public final class Registries {
  private final Cluster cluster;
  private final List<Host> replicas;
  final SettingsSource settings;
  private final InstallChanges install;
  private final Supplier<RegistryContent> content;
  private final Handover handover;
  private final VerifiedSource source;
  private final ReplicaAudits audits;
  final EndpointStrategy endpoints;
  private final ReplicaProbe probe;

  private Registries(
      Builder builder, List<Host> replicas, SettingsSource settings, GeneratedSecrets generated) {
    this.cluster = builder.cluster;
    this.replicas = List.copyOf(replicas);
    this.settings = settings;
    this.install = InstallChanges.of(builder.mode, builder.cluster, generated);
    this.content = Suppliers.memoize(RegistryContent.of(builder.cluster, builder.images));
    String storage = install.storage();
    this.handover = new Handover(builder.distributor, builder.listener, storage, builder.existing);
    this.source = VerifiedSource.of(content, Distribution.STEP);
    this.audits = new ReplicaAudits(content, install.storage());
    this.endpoints = builder.endpoints;
    this.probe = new ReplicaProbe(builder.clock, builder.pause, builder.readyWithin);
  }

  /** Starts with {@link RegistryMode#SAFE}, the standard placement, store and strategies. */
  public static Builder builder(Cluster cluster) {
    return new Builder(cluster);
  }

  /** The hosts that run a replica, the preferred one first; at least one. */
  public List<Host> replicas() {
    return replicas;
  }

  /**
   * Where the registries run and in which order each host asks them, as Hawser's strategies list
   * them; for a drawing. No host is contacted, and no secret is read or generated.
   */
  public Topology topology() {
    return PlannedTopology.of(cluster, replicas, settings);
  }

  /** The scripts of the rootfs; in mode SAFE they do not see the password that was chosen. */
  public ImageScripts scripts() {
    return settings.scripts();
  }

  /** The settings of a replica. A password that nobody chose is generated and kept. */
  public RegistrySettings settings(Host replica) {
    return settings.of(checked(replica));
  }

  /**
   * What every replica shall hold.
   *
   * @throws RegistryException if the images cannot be read
   */
  public RegistryContent content() {
    return content.get();
  }

  /**
   * What makes the registry run on a replica.
   *
   * @throws RegistryException naming the host if there is nothing to run there
   */
  public List<HostChange> installChanges(Host replica, NodeFacts facts) {
    return install.on(checked(replica), facts, settings.of(replica));
  }

  /**
   * Brings the artifacts to replicas. Every blob of the source is verified first; when one is
   * damaged nothing is sent to anybody, and each host's result says so. Locks the hosts meanwhile.
   */
  public Report distribute(SshClient ssh, List<Host> hosts) {
    hosts.forEach(this::checked);
    return source.send(hosts, content -> handover.underLock(ssh, cluster, content, hosts));
  }

  /** The same through {@link ClusterLock#access} of a lock that the caller has. */
  public Report distribute(Function<? super Host, HostAccess> access, List<Host> hosts) {
    hosts.forEach(this::checked);
    return source.send(hosts, content -> handover.through(access, content, hosts));
  }

  /**
   * Reads everything that lies on a replica and compares it with the images: names what is missing
   * and damaged, tags that point elsewhere, and foreign files, which are kept.
   */
  public HostResult audit(HostAccess replica) {
    checked(replica.host());
    return audits.row(replica);
  }

  /**
   * The same for several replicas at once, item by item, and their tags compared with each other:
   * also those that are not of the images. Locks nothing and changes nothing.
   */
  public RegistryAudit audit(SshClient ssh, List<Host> hosts) {
    hosts.forEach(this::checked);
    return audits.all(host -> HostAccess.to(ssh, cluster, host), hosts);
  }

  /**
   * Audits replicas and replaces exactly what is damaged, missing or split on them, through the
   * distributor, while their registries run; what is foreign is kept. In mode SEALOS the registry
   * of a host that was repaired is restarted, since it may remember what was damaged. Locks the
   * hosts meanwhile. One row for each host, with what was repaired.
   */
  public Report repair(SshClient ssh, List<Host> hosts) {
    hosts.forEach(this::checked);
    try (ClusterLock lock = ClusterLock.take(ssh, cluster, hosts)) {
      return repair(lock::access, hosts);
    }
  }

  /** The same through {@link ClusterLock#access} of a lock that the caller has. */
  public Report repair(Function<? super Host, HostAccess> access, List<Host> hosts) {
    hosts.forEach(this::checked);
    return new Repair(audits, handover, this::ready, install.caching()).of(access, hosts);
  }

  /**
   * Whether a replica serves a known manifest and blob, with credentials and right digests, asked
   * from its own host and repeatedly within the time of {@link Builder#readyWithin}.
   */
  public HostResult ready(HostAccess replica) {
    return probe.ownHost(replica, settings(replica.host()), content().known(), install.hint());
  }

  /** The same, asked once from another host of the cluster. */
  public HostResult readyFor(HostAccess node, Host replica) {
    RegistrySettings own = settings(replica);
    String url = Endpoints.of(replica, own).url();
    return probe.once().ask(node.host().address(), node::probe, url, own, content().known(), "");
  }

  /** What brings the artifacts to a replica, as the plan shows it; nothing when there are none. */
  public List<HostChange> contentChanges(Host replica) {
    checked(replica);
    return content().changes(install.storage());
  }

  /**
   * What makes a node use these replicas.
   *
   * @param node a host of the cluster
   * @param facts what was found on it
   * @param proven the replicas that the node may be told of
   */
  public List<HostChange> endpointChanges(Host node, NodeFacts facts, List<Host> proven) {
    return endpointChanges(endpoints, node, facts, proven);
  }

  /** The same with another strategy than the one that this was made with. */
  public List<HostChange> endpointChanges(
      EndpointStrategy strategy, Host node, NodeFacts facts, List<Host> proven) {
    NodeFacts known = EndpointOrder.facts(cluster, replicas, node, facts, content().known());
    return EndpointOrder.changes(strategy, known, endpoints(proven));
  }

  /** What the strategy cannot do for a node, in one line; empty when it can do everything. */
  public Optional<String> endpointShortfall(Host node, NodeFacts facts) {
    if (!(endpoints instanceof EndpointShortfall telling)) {
      return Optional.empty();
    }
    return telling.shortfall(
        EndpointOrder.facts(cluster, replicas, node, facts, Optional.empty()), endpoints(replicas));
  }

  private List<Endpoint> endpoints(List<Host> some) {
    return some.stream().map(host -> Endpoints.of(host, settings.of(checked(host)))).toList();
  }

  /**
   * Proves the replicas: audits each, and asks each from every host of the list; one row per
   * question ({@link PullMatrix} makes a table of them). Changes nothing.
   */
  public Report verify(SshClient ssh, List<Host> hosts) {
    return new Verification(this, audits, host -> HostAccess.to(ssh, cluster, host)).ofAll(hosts);
  }

  private Host checked(Host host) {
    if (!replicas.contains(host)) {
      throw new IllegalArgumentException(
          host.address() + " runs no replica of the registry; " + replicas + " do");
    }
    return host;
  }

  /** Collects the choices for {@link Registries}. Not thread-safe. */
  public static final class Builder {
    private final Cluster cluster;
    private RegistryMode mode = RegistryMode.SAFE;
    private Optional<RegistryTransport> transport = Optional.empty();
    private RegistryPlacement placement = RegistryPlacements.standard();
    private ClusterSecrets secrets = ClusterSecretStores.standard();
    private ArtifactDistributor distributor = ArtifactDistributors.standard();
    private DistributionListener listener = result -> {};
    private ExistingStorage existing = ExistingStorage.MERGE;
    private Optional<List<String>> images = Optional.empty();
    private EndpointStrategy endpoints = EndpointStrategies.standard();
    private Duration readyWithin = Duration.ofSeconds(60);
    private Clock clock = Clock.systemUTC();
    private Pause pause = Pause.real();

    private Builder(Cluster cluster) {
      this.cluster = cluster;
    }

    /** Whose registry it is. */
    public Builder mode(RegistryMode mode) {
      this.mode = mode;
      return this;
    }

    /** How clients talk to it; unless said TLS in mode SAFE, and plain HTTP in mode SEALOS. */
    public Builder transport(RegistryTransport transport) {
      this.transport = Optional.of(transport);
      return this;
    }

    /** Which hosts run a replica. */
    public Builder placement(RegistryPlacement placement) {
      this.placement = placement;
      return this;
    }

    /** Where generated secrets are kept. */
    public Builder secrets(ClusterSecrets secrets) {
      this.secrets = secrets;
      return this;
    }

    /**
     * What the replicas hold of the cluster's images, as {@link RegistryContent#only} says, which
     * refuses other names when the images are first read; everything unless said.
     */
    public Builder only(Collection<? extends CharSequence> images) {
      this.images = Optional.of(images.stream().map(CharSequence::toString).toList());
      return this;
    }

    /** How artifacts are brought to replicas. */
    public Builder distributor(ArtifactDistributor distributor) {
      this.distributor = distributor;
      return this;
    }

    /** What becomes of replicas that hold files already; they stay unless said. */
    public Builder existing(ExistingStorage policy) {
      this.existing = policy;
      return this;
    }

    /** Who hears of each replica that was filled. */
    public Builder listener(DistributionListener listener) {
      this.listener = listener;
      return this;
    }

    /** How nodes are pointed at replicas. */
    public Builder endpoints(EndpointStrategy endpoints) {
      this.endpoints = endpoints;
      return this;
    }

    /** How long a replica may take until it serves; 60 seconds unless said. */
    public Builder readyWithin(Duration limit) {
      this.readyWithin = limit;
      return this;
    }

    Builder time(Clock clock, Pause pause) {
      this.clock = clock;
      this.pause = pause;
      return this;
    }

    /**
     * Makes the registries.
     *
     * @throws IllegalArgumentException naming every fault: a placement that the cluster cannot
     *     give, no replica, settings that cannot be used, replicas with different names
     */
    public Registries build() {
      List<Host> replicas = PlacedReplicas.of(placement, cluster);
      GeneratedSecrets generated = new GeneratedSecrets(secrets, cluster.name(), clock);
      RegistryTransport chosen = transport.orElseGet(() -> RegistryTransport.standard(mode));
      SettingsSource source = new SettingsSource(cluster, mode, chosen, generated);
      PlacedReplicas.check(cluster, replicas, source);
      return new Registries(this, replicas, source, generated);
    }
  }
}
