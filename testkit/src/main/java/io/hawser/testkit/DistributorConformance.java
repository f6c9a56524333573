package io.hawser.testkit;

import io.hawser.registry.ArtifactDistributor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Does an {@link ArtifactDistributor} keep the contract of {@code docs/extend-distributor.md}? Each
 * check lets it fill three embedded hosts of its own, under one trouble or another, and looks at
 * what lies there. It belongs to no test framework; with JUnit 5 or 6:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> mineKeepsTheContract() {
 *   return DistributorConformance.of(MyDistributor::new).checks().stream()
 *       .map(check -> DynamicTest.dynamicTest(check.name(), check::run));
 * }
 * }</pre>
 *
 * <p>Immutable. All checks together take about a minute.
 */
public final class DistributorConformance {
  private final Supplier<? extends ArtifactDistributor> factory;

  private DistributorConformance(Supplier<? extends ArtifactDistributor> factory) {
    this.factory = factory;
  }

  /**
   * A suite for a distributor.
   *
   * @param factory makes one; called once for each check
   */
  public static DistributorConformance of(Supplier<? extends ArtifactDistributor> factory) {
    return new DistributorConformance(factory);
  }

  /** All checks. Each may be run alone, again, and beside others. */
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    add(checks, "empty hosts are filled", FillingChecks::emptyHosts);
    add(checks, "one row for each target, in order", FillingChecks::rows);
    add(checks, "the listener hears each host once", FillingChecks::listener);
    add(checks, "each host is opened once", FillingChecks::access);
    add(checks, "nothing is seen before what it needs", FillingChecks::order);
    add(checks, "a second run changes nothing", TraceChecks::secondRun);
    add(checks, "what others put there stays", TraceChecks::foreign);
    add(checks, "what is damaged or in the way is replaced", TraceChecks::replaced);
    add(checks, "undo takes back everything and nothing else", TraceChecks::undo);
    add(checks, "nothing is left elsewhere", TraceChecks::elsewhere);
    add(checks, "a host that is down is a row", FailureChecks::down);
    add(checks, "a host that cannot be opened is a row", FailureChecks::closed);
    add(checks, "nothing is begun after the deadline", FailureChecks::deadline);
    add(checks, "damaged content is refused", FailureChecks::damaged);
    add(checks, "an interrupt ends it", FailureChecks::interrupt);
    for (PowerCut cut : PowerCut.ALL) {
      add(checks, "the power fails " + cut.when(), cut::check);
    }
    return List.copyOf(checks);
  }

  private void add(List<Check> checks, String name, Trial trial) {
    checks.add(new Check(name, factory, trial));
  }

  /** What a check does with three hosts. */
  @FunctionalInterface
  interface Trial {
    void on(DistributorBench bench) throws IOException, InterruptedException;
  }

  /** One question to a distributor. Immutable. */
  public static final class Check {
    private final String name;
    private final Supplier<? extends ArtifactDistributor> factory;
    private final Trial trial;

    private Check(String name, Supplier<? extends ArtifactDistributor> factory, Trial trial) {
      this.name = name;
      this.factory = factory;
      this.trial = trial;
    }

    /** What is asked, in words. */
    public String name() {
      return name;
    }

    /**
     * Starts hosts, asks and stops the hosts.
     *
     * @throws AssertionError naming the check, the host and the file, what was expected and what
     *     was found, and the rule that is broken
     */
    public void run() {
      try (DistributorBench bench = DistributorBench.start(factory.get())) {
        trial.on(bench);
      } catch (Breach e) {
        throw new AssertionError(e.words(name), e.getCause());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the check \"" + name + "\" was interrupted", e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
