package io.hawser.bootstrap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every run of a bootstrap.
 *
 * @param deadline how long each may take, or null for as long as it takes
 * @param listeners who hears of rows
 */
record RunTerms(FailurePolicy policy, @Nullable Deadline deadline, List<StepListener> listeners) {
  RunTerms {
    listeners = List.copyOf(listeners);
  }

  /** The same, heard by one more. */
  RunTerms heardBy(StepListener listener) {
    List<StepListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new RunTerms(policy, deadline, more);
  }

  /** The same, but no failure stops the run. */
  RunTerms goingOn() {
    return new RunTerms(FailurePolicy.goOn(), deadline, listeners);
  }
}
