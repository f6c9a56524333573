package io.hawser.bootstrap;

import io.hawser.bootstrap.checks.PreflightNames;
import io.hawser.bootstrap.checks.PreflightOptions;
import io.hawser.bootstrap.preflight.PreflightCheck;
import io.hawser.cluster.Cluster;
import io.hawser.fanout.FanOut;
import io.hawser.host.TreeOption;
import io.hawser.host.UndoOption;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.EndpointStrategy;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryPlacement;
import io.hawser.registry.RegistryTransport;
import io.hawser.ssh.SshClient;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@link Bootstrap}s. */
public final class Bootstraps {
  private Bootstraps() {}

  /** One with all defaults. It does not close the client. */
  public static Bootstrap of(Cluster cluster, SshClient ssh) {
    return builder(cluster, ssh).build();
  }

  /** Starts one with options. */
  public static Builder builder(Cluster cluster, SshClient ssh) {
    return new Builder(cluster, ssh);
  }

  /** The checks of {@code preflight}, in the order of their rows, and what each asks. */
  public static Map<String, String> preflightChecks() {
    return PreflightNames.ALL;
  }

  /** Collects the options of a {@link Bootstrap}. Not thread-safe. */
  public static final class Builder {
    private final Cluster cluster;
    private final SshClient ssh;
    private final Registries.Builder registries;
    private final RunOptions run = new RunOptions();
    private RegistryMode mode = RegistryMode.SAFE;
    private final Set<UndoOption> undoOptions = EnumSet.noneOf(UndoOption.class);
    private final Set<TreeOption> treeOptions = EnumSet.noneOf(TreeOption.class);
    private boolean strictTemplates = true;
    private @Nullable TemplateEngine templates;
    private boolean hostsFileInPlace;
    private int width = FanOut.DEFAULT_WIDTH;
    private Duration drainWithin = Duration.ofSeconds(60);
    private final PreflightOptions preflight = new PreflightOptions();

    private Builder(Cluster cluster, SshClient ssh) {
      this.cluster = cluster;
      this.ssh = ssh;
      this.registries = Registries.builder(cluster);
    }

    /** How the registries are made: {@code SAFE} by default. */
    public Builder mode(RegistryMode registryMode) {
      mode = registryMode;
      return this;
    }

    /**
     * How nodes talk to the registries: unless said by TLS in mode {@code SAFE}, and by plain HTTP
     * in mode {@code SEALOS}, which knows no TLS.
     */
    public Builder transport(RegistryTransport transport) {
      registries.transport(transport);
      return this;
    }

    /** Where the registries run; the hosts with that role, else the first master, by default. */
    public Builder placement(RegistryPlacement placement) {
      registries.placement(placement);
      return this;
    }

    /** How artifacts reach the registries; from here to each of them by default. */
    public Builder distributor(ArtifactDistributor distributor) {
      registries.distributor(distributor);
      return this;
    }

    /** How nodes are told of the registries; containerd and the hosts file by default. */
    public Builder endpoints(EndpointStrategy strategy) {
      registries.endpoints(strategy);
      return this;
    }

    /** Where generated credentials are kept; {@code ~/.hawser} by default. */
    public Builder secrets(ClusterSecrets secrets) {
      registries.secrets(secrets);
      return this;
    }

    /**
     * Adds a dependency, after those added before.
     *
     * @throws IllegalArgumentException if a hook, another dependency or a step of Hawser has its
     *     name
     */
    public Builder dependency(ExternalDependency dependency) {
      run.add(dependency);
      return this;
    }

    /**
     * Adds a hook, after those for the same place that were added before.
     *
     * @throws IllegalArgumentException if it does not say when it comes, or if a dependency,
     *     another hook or a step of Hawser has its name
     */
    public Builder hook(Hook hook) {
      run.add(hook);
      return this;
    }

    /**
     * When {@code init} and {@code applyExternalDeps} go on although hosts failed; {@link
     * FailurePolicy#goOn()} by default.
     */
    public Builder onFailure(FailurePolicy policy) {
      run.policy(policy);
      return this;
    }

    /**
     * How long each call of {@code init}, {@code applyExternalDeps} and {@code reset} may take, the
     * wait for the lock included; as long as it takes by default. When that is over, commands are
     * ended on the hosts as by an interrupt, which takes some seconds, the rest is skipped, and the
     * call fails with its report. Such calls run on a thread of their own.
     */
    public Builder deadline(Duration limit) {
      run.deadline(limit);
      return this;
    }

    Builder deadline(Deadline deadline) {
      run.deadline(deadline);
      return this;
    }

    /** Adds one who hears of each row as soon as it stands; nobody by default. */
    public Builder onStep(StepListener listener) {
      run.listener(listener);
      return this;
    }

    /** Whether a template may not name a key without a value; true by default. */
    public Builder strictTemplates(boolean strict) {
      strictTemplates = strict;
      return this;
    }

    /**
     * As {@code Filesystems} is told, for the plan, and for putting a rootfs back as it was mounted
     * when its scripts edited it.
     */
    public Builder templates(TemplateEngine engine) {
      templates = engine;
      return this;
    }

    /**
     * Whether {@code reset} also removes what others put into directories that Hawser made; false
     * by default: such files stay and are listed. Mounts are never crossed, links never followed.
     */
    public Builder purge(boolean purge) {
      return with(undoOptions, UndoOption.PURGE, purge);
    }

    /**
     * Whether {@code reset} leaves what scripts of the rootfs did to settings of the system (hosts
     * file, sysctl, limits, SELinux, swap, firewall); false by default: they come back as they were
     * before the first script, unless somebody else changed them since.
     */
    public Builder keepSystemSettings(boolean keep) {
      return with(undoOptions, UndoOption.KEEP_SYSTEM_SETTINGS, keep);
    }

    /**
     * Whether a hosts file that is a mount point (of a host that is a container) may be written
     * over; false by default: it cannot be replaced in one step, and such a host fails with that
     * reason.
     */
    public Builder hostsFileInPlace(boolean allowed) {
      hostsFileInPlace = allowed;
      return this;
    }

    /** As {@code Filesystems} is told, for the plan and the preflight; false by default. */
    public Builder linksLeavingTree(boolean allowed) {
      return with(treeOptions, TreeOption.LINKS_LEAVING_TREE, allowed);
    }

    /** As {@code Filesystems} is told, for the plan; false by default. */
    public Builder keepSetIdBits(boolean keep) {
      return with(treeOptions, TreeOption.SET_ID_BITS, keep);
    }

    private <T> Builder with(Set<T> options, T option, boolean on) {
      if (on) {
        options.add(option);
      } else {
        options.remove(option);
      }
      return this;
    }

    /** How many hosts are worked on at once; 32 by default. */
    public Builder parallelHosts(int hosts) {
      if (hosts < 1) {
        throw new IllegalArgumentException("parallelHosts " + hosts + " is below 1");
      }
      width = hosts;
      return this;
    }

    /**
     * How long a registry that no node is told of any more may still serve those that are connected
     * before it is removed: 60 seconds by default, twice as long as containerd keeps an idle
     * connection. It ends when nobody is connected in two looks, half a second apart.
     */
    public Builder drainWithin(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("drainWithin " + limit + " is negative");
      }
      drainWithin = limit;
      return this;
    }

    /**
     * Adds a check to {@code preflight}, after those added before and Hawser's own.
     *
     * @throws IllegalArgumentException if another check has its name
     */
    public Builder check(PreflightCheck check) {
      preflight.add(check);
      return this;
    }

    /** {@link #skipChecks(Collection)} for one. */
    public Builder skipCheck(CharSequence name) {
      return skipChecks(List.of(name));
    }

    /** Leaves out checks by name, see {@link #preflightChecks()}; their rows say "skipped". */
    public Builder skipChecks(Collection<? extends CharSequence> names) {
      preflight.skip(names);
      return this;
    }

    /**
     * Whether {@code preflight} reads every byte of the artifacts and proves its digest; false by
     * default, since {@code applyExternalDeps} does it before anything is sent.
     */
    public Builder checkEveryByte(boolean all) {
      preflight.everyByte(all);
      return this;
    }

    /**
     * Makes it; no host is contacted.
     *
     * @throws IllegalArgumentException if the placement cannot be met, or a check that shall be
     *     skipped does not exist
     */
    public Bootstrap build() {
      TemplateEngine lenient = templates == null ? GoTemplates.standard() : templates;
      TemplateEngine strict =
          templates == null ? GoTemplates.standard().strict(strictTemplates) : templates;
      return new Wiring(
              cluster,
              new Hosts(cluster, ssh, width),
              registries.mode(mode).build(),
              mode,
              run,
              preflight,
              new TreeTerms(strict, lenient, Set.copyOf(treeOptions)),
              Set.copyOf(undoOptions),
              hostsFileInPlace,
              Drain.within(drainWithin))
          .bootstrap();
    }
  }
}
