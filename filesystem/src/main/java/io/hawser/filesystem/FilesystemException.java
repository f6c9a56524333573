package io.hawser.filesystem;

import io.hawser.HawserException;
import io.hawser.report.Report;

/** Mounting or unmounting failed on at least one host. */
public final class FilesystemException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final Report report;

  /** Makes an exception of a report with failures. */
  public FilesystemException(String what, Report report) {
    super(what + " failed on " + report.failures().size() + " hosts:\n" + report.toTable());
    this.report = report;
  }

  /** What was done on every host, and what failed. */
  public Report report() {
    return report;
  }
}
