package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Audits replicas against the images.
 *
 * @param content what they shall hold
 * @param directory where their storage lies
 */
record ReplicaAudits(Supplier<RegistryContent> content, String directory) {
  /**
   * One replica that was looked at.
   *
   * @param host which
   * @param row what came of it
   * @param found empty when it could not be read
   */
  record Looked(Host host, HostResult row, Optional<AuditedReplica> found) {}

  /** Looks at one replica; throws what keeps it from being read. */
  AuditedReplica of(HostAccess replica) {
    RegistryContent wanted = content.get();
    return ReplicaAudit.of(replica.host().address(), wanted, replica.list(directory, true));
  }

  /** The same as a row, with its time. */
  HostResult row(HostAccess replica) {
    long start = System.nanoTime();
    return of(replica).row().took(Duration.ofNanos(System.nanoTime() - start));
  }

  /** Looks at replicas, all at once. */
  List<Looked> each(Function<? super Host, HostAccess> access, List<Host> hosts) {
    return FanOut.map(hosts, FanOut.DEFAULT_WIDTH, host -> look(access, host));
  }

  private Looked look(Function<? super Host, HostAccess> access, Host host) {
    AtomicReference<@Nullable AuditedReplica> found = new AtomicReference<>();
    HostResult row =
        HostStep.run(
            host.address(),
            ReplicaAudit.STEP,
            () -> {
              AuditedReplica audited = of(access.apply(host));
              found.set(audited);
              return audited.row();
            });
    return new Looked(host, row, Optional.ofNullable(found.get()));
  }

  /** Looks at replicas and compares them with each other. */
  RegistryAudit all(Function<? super Host, HostAccess> access, List<Host> hosts) {
    List<Looked> looked = each(access, hosts);
    List<AuditedReplica> found = looked.stream().flatMap(it -> it.found().stream()).toList();
    TagComparison tags = TagComparison.of(found);
    List<AuditFinding> findings = new ArrayList<>();
    for (AuditedReplica replica : found) {
      findings.addAll(replica.findings());
      tags.findings().stream()
          .filter(finding -> finding.host().equals(replica.host()))
          .forEach(findings::add);
    }
    List<HostResult> rows = new ArrayList<>(looked.stream().map(Looked::row).toList());
    rows.addAll(tags.rows());
    return new RegistryAudit(findings, Report.of(rows));
  }
}
