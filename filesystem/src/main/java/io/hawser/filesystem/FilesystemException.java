package io.hawser.filesystem;

import io.hawser.HawserException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.List;

/** Mounting or unmounting failed on at least one host. */
public final class FilesystemException extends HawserException {
  private static final long serialVersionUID = 1L;

  /** How many failures the message names; the report has all. */
  private static final int NAMED = 10;

  private final Report report;

  /** Makes an exception of a report with failures. */
  public FilesystemException(String what, Report report) {
    super(message(what, report.failures()));
    this.report = report;
  }

  private static String message(String what, List<HostResult> failures) {
    int more = failures.size() - NAMED;
    return what
        + " failed on "
        + failures.size()
        + (failures.size() == 1 ? " host:\n" : " hosts:\n")
        + Report.of(failures.subList(0, Math.min(NAMED, failures.size()))).toTable()
        + (more > 0 ? "and on " + more + " more, in report()" : "");
  }

  /** What was done on every host, and what failed. */
  public Report report() {
    return report;
  }
}
