package io.hawser.bootstrap;

import com.google.common.collect.ImmutableList;
import io.hawser.HawserException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan is not carried out, since it would do something else than it says. Nothing was changed.
 */
public final class PlanRefusedException extends HawserException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SHOWN = 20;

  private final ImmutableList<PlanDifference> differences;

  /** Makes an exception of what differs. */
  public PlanRefusedException(CharSequence cluster, List<PlanDifference> differences) {
    super(
        "the plan for cluster "
            + cluster
            + " is not carried out, and nothing was changed: "
            + differences.stream()
                .limit(MOST_SHOWN)
                .map(PlanDifference::toString)
                .collect(Collectors.joining("; "))
            + (differences.size() > MOST_SHOWN
                ? "; and " + (differences.size() - MOST_SHOWN) + " more"
                : "")
            + ". Make a new plan and look at it");
    this.differences = ImmutableList.copyOf(differences);
  }

  /** What differs, all of it, in the order of a run. */
  public List<PlanDifference> differences() {
    return differences;
  }
}
