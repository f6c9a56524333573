package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks hosts, without changing them, first for their facts, all at once, and then every check of
 * every host, whatever became of the others.
 */
final class Preflight {
  private final Hosts reach;
  private final Adoption adoption;
  private final ReachCheck first;
  private final List<PreflightCheck> checks;
  private final Set<String> skipped;

  Preflight(
      Cluster cluster,
      Hosts reach,
      Adoption adoption,
      List<PreflightCheck> checks,
      Set<String> skipped) {
    this.reach = reach;
    this.adoption = adoption;
    this.first = new ReachCheck(cluster, adoption.registries());
    this.checks = List.copyOf(checks);
    this.skipped = Set.copyOf(skipped);
  }

  Report check(List<Host> hosts) {
    List<ReachCheck.Answer> answers =
        FanOut.map(hosts, reach.width(), host -> first.ask(reach.access(host)));
    Map<Host, NodeFacts> facts = new LinkedHashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      NodeFacts found = answers.get(i).facts();
      if (found != null) {
        facts.put(hosts.get(i), found);
      }
    }
    UploadSecrets secrets = new UploadSecrets(adoption.registries(), reach::access);
    List<Map<String, HostResult>> perHost =
        FanOut.map(
            hosts,
            reach.width(),
            host ->
                checkHost(
                    new InspectedHost(reach.access(host), hosts, facts, adoption, secrets)));
    // The report is ordered by check and then by host, like that of every other call.
    List<HostResult> rows = new ArrayList<>();
    answers.forEach(answer -> rows.add(answer.row()));
    for (PreflightCheck check : checks) {
      for (Map<String, HostResult> results : perHost) {
        HostResult row = results.get(check.name());
        if (row != null) {
          rows.add(row);
        }
      }
    }
    return Report.of(rows);
  }

  private Map<String, HostResult> checkHost(InspectedHost inspected) {
    Host host = inspected.host();
    Map<String, HostResult> rows = new LinkedHashMap<>();
    for (PreflightCheck check : checks) {
      if (check.appliesTo(host)) {
        rows.put(check.name(), row(check, inspected, inspected.all().containsKey(host)));
      }
    }
    return rows;
  }

  private HostResult row(PreflightCheck check, InspectedHost host, boolean reached) {
    String address = host.host().address();
    if (skipped.contains(check.name())) {
      return Finding.skipped("skipped, as it was asked for").row(address, check.name());
    }
    if (!reached) {
      return Finding.notChecked("host not reached").row(address, check.name());
    }
    return HostStep.run(
        address, check.name(), () -> inspect(check, host).row(address, check.name()));
  }

  /** A check that breaks says nothing of the host, so it must not look like a pass or a failure. */
  @SuppressWarnings("ConstantValue") // checks of others may give null
  private static Finding inspect(PreflightCheck check, InspectedHost host) {
    try {
      Finding finding = check.inspect(host);
      return finding == null ? Finding.notChecked("the check gave no finding") : finding;
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return Finding.notChecked(HostStep.message(host.host().address(), e));
    }
  }
}
