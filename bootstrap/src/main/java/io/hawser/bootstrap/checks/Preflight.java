package io.hawser.bootstrap.checks;

import io.hawser.CancelledException;
import io.hawser.bootstrap.adoption.Adoption;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks hosts, without changing them, first for their facts, all at once, and then every check of
 * every host, whatever became of the others.
 */
public final class Preflight {
  private final Function<? super Host, HostAccess> reach;
  private final int width;
  private final Adoption adoption;
  private final ReachCheck first;
  private final List<NamedQuestion> checks;
  private final Set<String> skipped;

  /**
   * All checks of the catalogue and of the options.
   *
   * @param reach how hosts are reached
   * @param width how many hosts are asked at once
   * @throws IllegalArgumentException if a check that shall be skipped does not exist
   */
  public Preflight(
      PreflightCatalogue catalogue,
      PreflightOptions options,
      Function<? super Host, HostAccess> reach,
      int width) {
    this.reach = reach;
    this.width = width;
    this.adoption = catalogue.adoption();
    this.first = new ReachCheck(catalogue.cluster(), catalogue.registries());
    this.checks = catalogue.checks(options);
    this.skipped = options.skipped();
  }

  /** Asks these hosts; one that is not reached is a row of the report. */
  public Report check(List<Host> hosts) {
    List<ReachCheck.Answer> answers =
        FanOut.map(hosts, width, host -> first.ask(reach.apply(host)));
    Map<Host, NodeFacts> facts = new LinkedHashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      NodeFacts found = answers.get(i).facts();
      if (found != null) {
        facts.put(hosts.get(i), found);
      }
    }
    List<Map<String, HostResult>> perHost =
        FanOut.map(hosts, width, host -> checkHost(host, hosts, facts));
    // The report is ordered by check and then by host, like that of every other call.
    List<HostResult> rows = new ArrayList<>();
    answers.forEach(answer -> rows.add(answer.row()));
    for (NamedQuestion check : checks) {
      for (Map<String, HostResult> results : perHost) {
        HostResult row = results.get(check.name());
        if (row != null) {
          rows.add(row);
        }
      }
    }
    return Report.of(rows);
  }

  private Map<String, HostResult> checkHost(
      Host host, List<Host> asked, Map<Host, NodeFacts> facts) {
    HostAccess access = reach.apply(host);
    ReachedHost inspected = new ReachedHost(access, asked, facts, adoption);
    Map<String, HostResult> rows = new LinkedHashMap<>();
    for (NamedQuestion check : checks) {
      if (check.filter().test(host)) {
        rows.put(check.name(), row(check, inspected, facts.containsKey(host)));
      }
    }
    return rows;
  }

  private HostResult row(NamedQuestion check, ReachedHost host, boolean reached) {
    String address = host.host().address();
    if (skipped.contains(check.name())) {
      return Finding.skipped("skipped, as it was asked for").row(address, check.name());
    }
    if (!reached) {
      return Finding.notChecked("host not reached").row(address, check.name());
    }
    return HostStep.run(
        address, check.name(), () -> inspect(check.question(), host).row(address, check.name()));
  }

  /** A check that breaks says nothing of the host, so it must not look like a pass or a failure. */
  @SuppressWarnings("ConstantValue") // checks of others may give null
  private static Finding inspect(Question check, ReachedHost host) {
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
