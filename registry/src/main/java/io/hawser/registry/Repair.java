package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.registry.ReplicaAudits.Looked;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.report.Transfer;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces on replicas what an audit found to be damaged, missing or split, and nothing else.
 *
 * @param audits looks, before and after
 * @param handover sends
 * @param ready whether a replica serves
 * @param caching the service that remembers what it served, so that it goes on serving what was
 *     replaced; none when it does not
 */
record Repair(
    ReplicaAudits audits,
    Handover handover,
    Function<HostAccess, HostResult> ready,
    Optional<String> caching) {
  static final String STEP = "repair";

  /** Repairs hosts that the caller has locked. */
  Report of(Function<? super Host, HostAccess> access, List<Host> hosts) {
    VerifiedSource source = VerifiedSource.of(audits.content(), STEP);
    return source.send(hosts, content -> repair(content, access, hosts));
  }

  private Report repair(
      RegistryContent content, Function<? super Host, HostAccess> access, List<Host> hosts) {
    List<Looked> looked = audits.each(access, hosts);
    // A replica with nothing to repair gets nothing, but others may get it from there.
    List<Host> read =
        looked.stream().filter(it -> it.found().isPresent()).map(Looked::host).toList();
    boolean whole = looked.stream().allMatch(it -> toRepair(it).isEmpty());
    Report sent = whole ? Report.empty() : handover.through(access, content, read);
    return Report.of(
        FanOut.map(
            looked,
            FanOut.DEFAULT_WIDTH,
            it ->
                HostStep.run(it.host().address(), STEP, () -> finished(it, sent, access))
                    .transfers(sentTo(it.host(), sent))));
  }

  private static List<Transfer> sentTo(Host host, Report sent) {
    return sent.results(host.address()).stream().flatMap(r -> r.transfers().stream()).toList();
  }

  private static List<AuditFinding> toRepair(Looked looked) {
    return looked.found().map(AuditedReplica::repairable).orElse(List.of());
  }

  private HostResult finished(
      Looked looked, Report sent, Function<? super Host, HostAccess> access) {
    String host = looked.host().address();
    List<AuditFinding> wanted = toRepair(looked);
    if (looked.found().isEmpty()) {
      return failed(host, "could not be audited: " + looked.row().message(), List.of());
    }
    if (wanted.isEmpty()) {
      return row(host, Status.OK, "nothing to repair: " + looked.row().message());
    }
    for (HostResult row : sent.results(host)) {
      if (row.status().isFailure()) {
        return notSent(row);
      }
    }
    HostAccess there = access.apply(looked.host());
    List<AuditFinding> left = audits.of(there).repairable();
    if (!left.isEmpty()) {
      String what = left.size() + " of " + wanted.size() + " findings are still there";
      return failed(host, what, AuditedReplica.lines(left));
    }
    String what = repaired(wanted);
    return served(there, row(host, Status.CHANGED, what).details(AuditedReplica.lines(wanted)));
  }

  /** Some of it may have been replaced all the same. */
  private HostResult notSent(HostResult row) {
    HostResult failed = failed(row.host(), row.message(), row.details());
    return caching
        .map(unit -> "run again, then on the host: systemctl restart " + unit)
        .map(hint -> failed.advice(null, hint))
        .orElse(failed);
  }

  /** Makes the service forget what it remembers of the files before. */
  private HostResult served(HostAccess host, HostResult repaired) {
    if (caching.isEmpty() || !runs(host, caching.get())) {
      return repaired;
    }
    String unit = caching.get();
    CommandResult restart = host.run(Command.of("systemctl", "restart", unit));
    if (!restart.succeeded()) {
      String why = ", but " + unit + ", which may remember what was damaged, did not restart: ";
      return failed(repaired.host(), repaired.message() + why + restart.exit(), repaired.details())
          .advice(null, "on the host: systemctl restart " + unit);
    }
    HostResult proof = ready.apply(host);
    return proof.status().isFailure()
        ? failed(repaired.host(), repaired.message() + ", but " + proof.message(), proof.details())
            .advice(null, proof.hint())
        : row(
                repaired.host(),
                repaired.status(),
                repaired.message() + "; " + unit + " was restarted")
            .details(repaired.details());
  }

  /** A service that does not run remembers nothing, and is not started by a repair. */
  private static boolean runs(HostAccess host, String unit) {
    return host.run(Command.of("systemctl", "is-active", "--quiet", unit)).succeeded();
  }

  private static String repaired(List<AuditFinding> wanted) {
    Map<String, Integer> counts = new HashMap<>();
    for (AuditFinding finding : wanted) {
      counts.merge(word(finding.kind()), 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    for (String word : List.of("damaged", "missing", "split")) {
      if (counts.containsKey(word)) {
        parts.add(counts.get(word) + " " + word);
      }
    }
    return "repaired: " + String.join(", ", parts);
  }

  private static String word(AuditFinding.Kind kind) {
    return switch (kind) {
      case MISSING -> "missing";
      case SPLIT -> "split";
      default -> "damaged";
    };
  }

  private static HostResult row(String host, Status status, String message) {
    return HostResult.of(host, STEP, status, message);
  }

  private static HostResult failed(String host, String why, List<String> details) {
    return row(host, Status.FAILED, why)
        .details(details)
        .advice(null, "run again: what was repaired already stays");
  }
}
