package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import java.util.function.Predicate;

/**
 * Something that a cluster needs beside itself, such as a proxy or a time server: a name, the hosts
 * it goes to, and the changes that bring it there. What it changes is journalled under its name and
 * undone by {@code reset}. Immutable.
 */
public final class ExternalDependency {
  private final String name;
  private final boolean beforeInit;
  private final Predicate<Host> filter;
  private final DependencyChanges changes;

  private ExternalDependency(
      String name, boolean beforeInit, Predicate<Host> filter, DependencyChanges changes) {
    this.name = name;
    this.beforeInit = beforeInit;
    this.filter = filter;
    this.changes = changes;
  }

  /**
   * A dependency of all hosts that is applied after init.
   *
   * @param name lower case letters, digits and dashes; unique among the dependencies of a bootstrap
   */
  public static ExternalDependency of(CharSequence name, DependencyChanges changes) {
    return new ExternalDependency(StepName.of("dependency", name), false, host -> true, changes);
  }

  /** The same dependency, applied before the init scripts run. */
  public ExternalDependency beforeInit() {
    return new ExternalDependency(name, true, filter, changes);
  }

  /** The same dependency, for some hosts only. */
  public ExternalDependency onHosts(Predicate<Host> hosts) {
    return new ExternalDependency(name, beforeInit, hosts, changes);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether it is applied before the init scripts run. */
  public boolean isBeforeInit() {
    return beforeInit;
  }

  Step step() {
    return new ChangeStep(name, filter, changes);
  }

  @Override
  public String toString() {
    return name;
  }
}
