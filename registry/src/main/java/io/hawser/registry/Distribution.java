package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a distributor is to bring where. Immutable. */
public final class Distribution {
  /** The name of the step in reports. */
  public static final String STEP = "distribute";

  /** The name under which a distributor journals its changes. */
  public static final String OWNER = "registry";

  private final RegistryContent content;
  private final ImmutableList<Host> targets;
  private final String directory;
  private final Function<? super Host, HostAccess> access;
  private final Clock clock;
  private final Instant deadline;
  private final DistributionListener listener;

  private Distribution(Builder builder) {
    this.content = builder.content;
    this.targets = ImmutableList.copyOf(builder.targets);
    this.directory = builder.directory;
    this.access = builder.access;
    this.clock = builder.clock;
    this.deadline = builder.clock.instant().plus(builder.within);
    this.listener = builder.listener;
  }

  /**
   * Starts a job without targets.
   *
   * @param content what every target shall hold
   * @param directory absolute path of the registry's storage on the hosts
   * @param access opens a host; called once for each
   */
  public static Builder builder(
      RegistryContent content, CharSequence directory, Function<? super Host, HostAccess> access) {
    return new Builder(content, directory.toString(), access);
  }

  /** What every target shall hold. */
  public RegistryContent content() {
    return content;
  }

  /** The hosts, each once. */
  public List<Host> targets() {
    return targets;
  }

  /** Absolute path of the registry's storage on the hosts. */
  public String directory() {
    return directory;
  }

  /** The way to change a host, asked for once; for one thread at a time. */
  public HostAccess access(Host host) {
    return access.apply(host);
  }

  /** How much time is left; zero or less when the deadline has passed. */
  public Duration left() {
    return Duration.between(clock.instant(), deadline);
  }

  /** Who hears of finished hosts. */
  public DistributionListener listener() {
    return listener;
  }

  /** Collects the values of a {@link Distribution}. Not thread-safe. */
  public static final class Builder {
    private final RegistryContent content;
    private final String directory;
    private final Function<? super Host, HostAccess> access;
    private Collection<Host> targets = List.of();
    private Duration within = Duration.ofHours(4);
    private Clock clock = Clock.systemUTC();
    private DistributionListener listener = result -> {};

    private Builder(
        RegistryContent content, String directory, Function<? super Host, HostAccess> access) {
      this.content = content;
      this.directory = directory;
      this.access = access;
    }

    /** The hosts. */
    public Builder targets(Collection<Host> hosts) {
      this.targets = List.copyOf(hosts);
      return this;
    }

    /** How long it may take, 4 hours unless said. */
    public Builder within(Duration limit) {
      this.within = limit;
      return this;
    }

    /** What time it is; for tests. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Who hears of finished hosts; null for nobody. */
    public Builder listener(@Nullable DistributionListener listener) {
      this.listener = listener == null ? result -> {} : listener;
      return this;
    }

    /** Makes the job; the time that it may take begins now. */
    public Distribution build() {
      return new Distribution(this);
    }
  }
}
