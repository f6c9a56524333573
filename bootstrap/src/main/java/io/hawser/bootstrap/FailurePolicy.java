package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a run on several hosts goes on although some of them failed. Whatever it says, a host that
 * failed is skipped in the rest of the run, every host's failure is in the report, and the call
 * fails in the end.
 *
 * <p>A run that stops begins nothing any more, on no host; what is under way on other hosts comes
 * to its end first. What was not begun is a row {@code SKIPPED} with the reason. {@code reset}
 * never stops early. Immutable, serialisable.
 */
public final class FailurePolicy implements Serializable {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    CONTINUE,
    FAIL_FAST,
    HOSTS,
    PERCENT,
    REGISTRIES
  }

  private final Kind kind;
  private final int wanted;

  private FailurePolicy(Kind kind, int wanted) {
    this.kind = kind;
    this.wanted = wanted;
  }

  /** The other hosts go on, as long as there is one. The default. */
  public static FailurePolicy goOn() {
    return new FailurePolicy(Kind.CONTINUE, 0);
  }

  /** The first host that fails stops the run. */
  public static FailurePolicy failFast() {
    return new FailurePolicy(Kind.FAIL_FAST, 0);
  }

  /**
   * The run goes on while so many of its hosts are able; of a call for fewer hosts, all.
   *
   * @param hosts at least 1
   */
  public static FailurePolicy quorum(int hosts) {
    return new FailurePolicy(Kind.HOSTS, atLeastOne("hosts", hosts));
  }

  /**
   * The run goes on while this share of its hosts, rounded up, is able.
   *
   * @param percent of the hosts of the call, 1 to 100
   */
  public static FailurePolicy quorumPercent(int percent) {
    if (percent > 100) {
      throw new IllegalArgumentException("a quorum of " + percent + " percent is above 100");
    }
    return new FailurePolicy(Kind.PERCENT, atLeastOne("percent", percent));
  }

  /**
   * The run goes on while so many of its registry hosts are able, whatever becomes of nodes; of a
   * call for fewer registry hosts, all.
   *
   * @param registries at least 1
   */
  public static FailurePolicy registryQuorum(int registries) {
    return new FailurePolicy(Kind.REGISTRIES, atLeastOne("registries", registries));
  }

  private static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a quorum of " + number + " " + what + " is below 1");
    }
    return number;
  }

  /**
   * Why a run stops, if it does.
   *
   * @param all the hosts of the call
   * @param failed those of them that failed so far, the last one last
   * @param step what failed on that one
   */
  Optional<String> stops(
      List<Host> all, List<Host> failed, Predicate<Host> isRegistry, String step) {
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    Host last = failed.get(failed.size() - 1);
    String cause = step + " failed on " + last.address();
    return switch (kind) {
      case CONTINUE -> Optional.empty();
      case FAIL_FAST -> Optional.of(cause + ", and the run stops at the first failure");
      case HOSTS -> below(all, failed, wanted, "hosts", cause);
      case PERCENT ->
          below(all, failed, (int) ((all.size() * (long) wanted + 99) / 100), "hosts", cause);
      case REGISTRIES -> {
        List<Host> registries = all.stream().filter(isRegistry).toList();
        List<Host> lost = registries.stream().filter(failed::contains).toList();
        yield below(registries, lost, wanted, "registries", cause);
      }
    };
  }

  private static Optional<String> below(
      Collection<Host> all, Collection<Host> failed, int wanted, String what, String cause) {
    int able = all.size() - failed.size();
    int needed = Math.min(wanted, all.size());
    return able >= needed
        ? Optional.empty()
        : Optional.of(
            cause
                + ": "
                + able
                + " of "
                + all.size()
                + " "
                + what
                + " are able, and the run"
                + " needs "
                + needed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FailurePolicy that && kind == that.kind && wanted == that.wanted;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, wanted);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CONTINUE -> "go on";
      case FAIL_FAST -> "fail fast";
      case HOSTS -> "quorum of " + wanted + " hosts";
      case PERCENT -> "quorum of " + wanted + " percent of the hosts";
      case REGISTRIES -> "quorum of " + wanted + " registries";
    };
  }
}
