package io.hawser.bootstrap;

import io.hawser.filesystem.Filesystem;
import io.hawser.report.Report;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Starts calls on threads of their own, for callers that cannot block: a pipeline that looks in
 * from time to time, a user interface.
 *
 * <pre>{@code
 * BackgroundRun run = BackgroundRuns.init(bootstrap);
 * while (!run.await(Duration.ofSeconds(10))) {
 *   show(run.report());
 * }
 * Report report = run.await();
 * }</pre>
 *
 * <p>What a call refuses at once, such as an unknown host, is thrown by {@link
 * BackgroundRun#await()} too.
 */
public final class BackgroundRuns {
  private BackgroundRuns() {}

  /** {@link Bootstrap#init()}. */
  public static BackgroundRun init(Bootstrap bootstrap) {
    return start("init", bootstrap, Bootstrap::init);
  }

  /** {@link Bootstrap#init(Collection)}. */
  public static BackgroundRun init(Bootstrap bootstrap, Collection<? extends CharSequence> hosts) {
    List<? extends CharSequence> some = List.copyOf(hosts);
    return start("init", bootstrap, own -> own.init(some));
  }

  /** {@link Bootstrap#applyExternalDeps()}. */
  public static BackgroundRun applyExternalDeps(Bootstrap bootstrap) {
    return start("applyExternalDeps", bootstrap, Bootstrap::applyExternalDeps);
  }

  /** {@link Bootstrap#applyExternalDeps(Collection)}. */
  public static BackgroundRun applyExternalDeps(
      Bootstrap bootstrap, Collection<? extends CharSequence> hosts) {
    List<? extends CharSequence> some = List.copyOf(hosts);
    return start("applyExternalDeps", bootstrap, own -> own.applyExternalDeps(some));
  }

  /** {@link Bootstrap#reset()}. */
  public static BackgroundRun reset(Bootstrap bootstrap) {
    return start("reset", bootstrap, Bootstrap::reset);
  }

  /** {@link Bootstrap#reset(Collection)}. */
  public static BackgroundRun reset(Bootstrap bootstrap, Collection<? extends CharSequence> hosts) {
    List<? extends CharSequence> some = List.copyOf(hosts);
    return start("reset", bootstrap, own -> own.reset(some));
  }

  /** {@link Bootstrap#preflight()}; its rows come at its end. */
  public static BackgroundRun preflight(Bootstrap bootstrap) {
    return start("preflight", bootstrap, Bootstrap::preflight);
  }

  /** {@link Filesystem#mountRootfs(Collection)}; its rows come at its end. */
  public static BackgroundRun mountRootfs(
      Filesystem filesystem, Collection<? extends CharSequence> hosts) {
    List<? extends CharSequence> some = List.copyOf(hosts);
    return new BackgroundRun("mountRootfs", listener -> filesystem.mountRootfs(some));
  }

  /** {@link Filesystem#unMountRootfs(Collection)}; its rows come at its end. */
  public static BackgroundRun unMountRootfs(
      Filesystem filesystem, Collection<? extends CharSequence> hosts) {
    List<? extends CharSequence> some = List.copyOf(hosts);
    return new BackgroundRun("unMountRootfs", listener -> filesystem.unMountRootfs(some));
  }

  /** A bootstrap that somebody else wrote tells nothing before its end. */
  private static BackgroundRun start(
      String call, Bootstrap bootstrap, Function<Bootstrap, Report> work) {
    return new BackgroundRun(
        call,
        listener ->
            work.apply(
                bootstrap instanceof JournalledBootstrap own ? own.heardBy(listener) : bootstrap));
  }
}
