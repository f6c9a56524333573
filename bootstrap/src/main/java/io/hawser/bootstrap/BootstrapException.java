package io.hawser.bootstrap;

import io.hawser.HawserException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.stream.Collectors;

/**
 * A call failed on at least one host, or its deadline was over. What succeeded elsewhere stays
 * done.
 */
public final class BootstrapException extends HawserException {
  private static final long serialVersionUID = 1L;

  /** How many failures the message names; the report has all. */
  private static final int NAMED = 10;

  private final Report report;

  /** Makes an exception of a report with failures. */
  public BootstrapException(String call, Report report) {
    super(
        call
            + " failed: "
            + report.failures().stream()
                .limit(NAMED)
                .map(BootstrapException::line)
                .collect(Collectors.joining("; "))
            + rest(report.failures().size()));
    this.report = report;
  }

  private static String rest(int failures) {
    return failures <= NAMED ? "" : "; and " + (failures - NAMED) + " more, in report()";
  }

  private static String line(HostResult result) {
    return result.host() + ": " + result.step() + ": " + result.message();
  }

  /** What was done on every host, and what failed. */
  public Report report() {
    return report;
  }
}
