package io.hawser.registry;

import io.hawser.report.Report;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an audit of replicas found: every item that is damaged, missing, foreign, or not the same on
 * all of them. Plain data, immutable, serialisable.
 */
public final class RegistryAudit implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<AuditFinding> findings;
  private final Report report;

  RegistryAudit(List<AuditFinding> findings, Report report) {
    this.findings = new ArrayList<>(findings);
    this.report = report;
  }

  /** All findings, host by host. */
  public List<AuditFinding> findings() {
    return List.copyOf(findings);
  }

  /** The findings on one host, by its address. */
  public List<AuditFinding> findings(CharSequence host) {
    return findings.stream().filter(finding -> finding.host().contentEquals(host)).toList();
  }

  /** What a repair would replace. */
  public List<AuditFinding> repairable() {
    return findings.stream().filter(finding -> finding.kind().isRepairable()).toList();
  }

  /**
   * A row for each replica, and one more about tags that are not of the images, where there are
   * any. A replica that could not be read is a failed row and has no findings.
   */
  public Report report() {
    return report;
  }

  /** Whether every replica was read and holds everything, and no two contradict each other. */
  public boolean isClean() {
    return repairable().isEmpty() && report.succeeded();
  }

  @Override
  public String toString() {
    return report.toTable();
  }
}
