package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Locale;

/**
 * Whether the host's clock is that of the others: compared with the median of all hosts, not with
 * this machine's, which may be wrong itself. How long the question was on its way is subtracted,
 * and what may be wrong about that is in the host's favour.
 */
final class ClockCheck implements Question {
  /** By so many seconds a clock may deviate from the median. */
  static final long LIMIT_SECONDS = 10;

  private static final String OFFSET = "clock.offset";
  private static final String NUMBER = "-?[0-9]{1,15}";

  @Override
  public Finding inspect(ReachedHost host) {
    if (!isTold(host.facts())) {
      return host.untold("its time");
    }
    List<Long> offsets =
        host.all().values().stream()
            .filter(ClockCheck::isTold)
            .map(ClockCheck::offset)
            .sorted()
            .toList();
    int half = offsets.size() / 2;
    long median =
        offsets.size() % 2 == 1
            ? offsets.get(half)
            : (offsets.get(half - 1) + offsets.get(half)) / 2;
    long deviation = offset(host.facts()) - median;
    long doubt = Long.parseLong(host.facts().get("clock.doubt"));
    String shown = String.format(Locale.ROOT, "%.1f s", Math.abs(deviation) / 1000.0);
    if (Math.abs(deviation) - doubt <= LIMIT_SECONDS * 1000) {
      return Finding.ok("within " + shown + " of the other hosts");
    }
    return Finding.failed(
            "the clock is "
                + shown
                + (deviation > 0 ? " before" : " behind")
                + " the median of the "
                + offsets.size()
                + " hosts")
        .advice(null, "run a time service (chrony, systemd-timesyncd) on all hosts");
  }

  private static boolean isTold(NodeFacts facts) {
    return facts.get(OFFSET).matches(NUMBER) && facts.get("clock.doubt").matches(NUMBER);
  }

  private static long offset(NodeFacts facts) {
    return Long.parseLong(facts.get(OFFSET));
  }
}
