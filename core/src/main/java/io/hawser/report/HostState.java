package io.hawser.report;

import java.util.List;

/**
 * How a run ended on a host, or on several, in a few words.
 *
 * @param mood which of the page's colours it has: bad, warn, good, calm
 */
record HostState(String mood, String text) {
  /** Of one host, by all its results. */
  static HostState of(List<HostResult> results) {
    if (results.isEmpty()) {
      return new HostState("calm", "not in this run");
    }
    for (HostResult result : results) {
      if (result.status().isFailure()) {
        return new HostState("bad", Figures.word(result.status()) + ": " + result.step());
      }
    }
    long warnings = results.stream().filter(r -> r.status() == Status.WARNING).count();
    if (warnings > 0) {
      return new HostState("warn", Figures.count(warnings, "warning", "warnings"));
    }
    long changed = results.stream().filter(r -> r.status() == Status.CHANGED).count();
    return changed == 0
        ? new HostState("calm", "nothing changed")
        : new HostState("good", Figures.count(changed, "change", "changes"));
  }

  /** Of several hosts. */
  static HostState ofAll(List<HostState> states) {
    if (states.size() == 1) {
      return states.get(0);
    }
    for (String mood : List.of("bad", "warn", "good")) {
      long count = states.stream().filter(state -> state.mood().equals(mood)).count();
      if (count > 0) {
        String what =
            switch (mood) {
              case "bad" -> "failed";
              case "warn" -> "with warnings";
              default -> "changed";
            };
        return new HostState(mood, (count == states.size() ? "all" : count) + " " + what);
      }
    }
    return new HostState("calm", "nothing changed");
  }
}
