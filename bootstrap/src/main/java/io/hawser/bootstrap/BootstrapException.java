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

  private final Report report;

  /** Makes an exception of a report with failures. */
  public BootstrapException(String call, Report report) {
    super(
        call
            + " failed: "
            + report.failures().stream()
                .map(BootstrapException::line)
                .collect(Collectors.joining("; ")));
    this.report = report;
  }

  private static String line(HostResult result) {
    return result.host() + ": " + result.step() + ": " + result.message();
  }

  /** What was done on every host, and what failed. */
  public Report report() {
    return report;
  }
}
