package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.hawser.registry.AuditFinding.Kind;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the audit of one replica found.
 *
 * @param host its address
 * @param files how many files of the images it shall hold
 * @param findings what is not so, the most telling kinds first
 * @param foreignTags for each tag that is not of the images what it points at, as a digest or else
 *     in words
 */
record AuditedReplica(
    String host, int files, List<AuditFinding> findings, Map<String, String> foreignTags) {
  private static final int SHOWN = 20;

  AuditedReplica {
    findings = ImmutableList.copyOf(findings);
    foreignTags = ImmutableMap.copyOf(foreignTags);
  }

  /** What a repair would replace. */
  List<AuditFinding> repairable() {
    return findings.stream().filter(finding -> finding.kind().isRepairable()).toList();
  }

  /** How many findings are of some kinds. */
  long count(Kind... kinds) {
    List<Kind> some = List.of(kinds);
    return findings.stream().filter(finding -> some.contains(finding.kind())).count();
  }

  /** Lines for people: some of each kind, and how many more there are. */
  static List<String> lines(List<AuditFinding> findings) {
    List<String> lines = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<AuditFinding> some = findings.stream().filter(it -> it.kind() == kind).toList();
      some.stream().limit(SHOWN).map(AuditFinding::text).forEach(lines::add);
      if (some.size() > SHOWN) {
        lines.add("... and " + (some.size() - SHOWN) + " more of them");
      }
    }
    return lines;
  }

  HostResult row() {
    List<String> details = lines(findings);
    if (repairable().isEmpty()) {
      boolean rotten = count(Kind.FOREIGN_DAMAGED) > 0;
      return HostResult.of(
              host,
              ReplicaAudit.STEP,
              rotten ? Status.WARNING : Status.OK,
              "all " + files + " files are right" + foreign())
          .details(details);
    }
    String message =
        String.format(
            "of %d files %d are missing, %d damaged, and %d tags point elsewhere%s",
            files,
            count(Kind.MISSING),
            count(Kind.DAMAGED, Kind.TRUNCATED, Kind.EMPTY, Kind.NOT_A_FILE),
            count(Kind.SPLIT),
            foreign());
    return HostResult.of(host, ReplicaAudit.STEP, Status.FAILED, message)
        .details(details)
        .advice(null, "repair, or distribute again: exactly these files are sent and replaced");
  }

  private String foreign() {
    long kept = count(Kind.FOREIGN, Kind.FOREIGN_DAMAGED);
    long damaged = count(Kind.FOREIGN_DAMAGED);
    return (kept == 0 ? "" : "; " + kept + " foreign files are kept")
        + (damaged == 0 ? "" : ", " + damaged + " of them damaged");
  }
}
