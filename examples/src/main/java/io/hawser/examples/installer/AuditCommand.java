package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.registry.AuditFinding;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryAudit;
import io.hawser.report.HostResult;
import io.hawser.report.Json;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "audit",
    description =
        "Recomputes every digest on every registry and names what is damaged, missing or foreign;"
            + " changes nothing.")
final class AuditCommand extends ClusterCommand {
  AuditCommand() {}

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    Registries registries = options().registries(cluster);
    RegistryAudit[] audit = new RegistryAudit[1];
    phase(
        "audit",
        () -> {
          audit[0] = registries.audit(ssh, registries.replicas());
          return audit[0].report();
        });
    List<AuditFinding> findings = audit[0].findings();
    findings.forEach(finding -> out().println(finding.host() + "  " + finding.text()));
    int repairable = audit[0].repairable().size();
    out()
        .println(
            "\n"
                + (audit[0].isClean()
                    ? "every registry holds everything"
                    : repairable > 0
                        ? repairable + " to repair: hawser repair " + options().input().words()
                        : findings.isEmpty()
                            ? "not every registry could be looked at"
                            : "not clean"));
    out().flush();
    options().writeJson(Json.write(document(audit[0])));
    return audit[0].isClean() ? HawserCommand.DONE : HawserCommand.FAILED;
  }

  private static Map<String, Object> document(RegistryAudit audit) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", 1);
    document.put("clean", audit.isClean());
    document.put("findings", audit.findings().stream().map(AuditCommand::map).toList());
    document.put(
        "failures",
        audit.report().failures().stream().map(AuditCommand::failure).distinct().toList());
    return document;
  }

  private static Map<String, Object> map(AuditFinding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("host", finding.host());
    map.put("kind", finding.kind().name());
    map.put("repairable", finding.kind().isRepairable());
    map.put("path", finding.path());
    map.put("repository", finding.repository());
    map.put("tag", finding.tag());
    map.put("found", finding.found());
    map.put("expected", finding.expected());
    map.put("bytes", finding.bytes());
    map.put("expectedBytes", finding.expectedBytes());
    return map;
  }

  private static Map<String, Object> failure(HostResult row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("host", row.host());
    map.put("message", row.message());
    return map;
  }
}
