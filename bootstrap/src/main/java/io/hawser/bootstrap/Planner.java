package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostPreview;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.host.PlannedChange;
import io.hawser.registry.ContentMarks;
import io.hawser.report.HostResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at the hosts, read-only, and compares them with what the steps want. */
final class Planner {
  private final Cluster cluster;
  private final Hosts reach;
  private final LoginChange logins;
  private final Retirement retirement;
  private final ContentMarks marks;

  Planner(Cluster cluster, Hosts reach, LiveRun live) {
    this.cluster = cluster;
    this.reach = reach;
    this.logins = live.logins();
    this.retirement = live.retirement();
    this.marks = ContentMarks.of(live.registries());
  }

  /**
   * Makes the plan for all hosts.
   *
   * @param unknown hosts that could not be looked at before, which are not tried again
   */
  Plan plan(List<PlannedStep> steps, Map<Host, HostResult> unknown) {
    List<Host> hosts = cluster.hosts();
    List<List<Plan.Item>> perHost =
        FanOut.map(hosts, reach.width(), host -> items(steps, host, unknown.get(host)));
    List<Plan.Item> inOrder = new ArrayList<>();
    List<String> names = new ArrayList<>(steps.stream().map(PlannedStep::name).distinct().toList());
    names.add(LoginChange.NAME);
    names.add(Retirement.NAME);
    for (String name : names) {
      for (List<Plan.Item> items : perHost) {
        items.stream().filter(item -> item.step().equals(name)).forEach(inOrder::add);
      }
    }
    List<String> addresses = hosts.stream().map(Planner::address).toList();
    return new Plan(cluster.name(), origin(), addresses, inOrder);
  }

  private String origin() {
    try {
      return marks.of(Secret.of("origin of plans for " + cluster.name()));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      // Where no secrets can be had every host that needs some has its row, which says why.
      return "";
    }
  }

  /** By which calls name a host, also where several share an address. */
  private static String address(Host host) {
    String ip = host.address();
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + host.ssh().port();
  }

  private List<Plan.Item> items(List<PlannedStep> steps, Host host, @Nullable HostResult unknown) {
    List<Plan.Item> items = new ArrayList<>();
    HostAccess access = reach.access(host);
    List<PlannedStep> own = steps.stream().filter(step -> mayApply(step, host)).toList();
    if (own.isEmpty()) {
      return items;
    }
    if (unknown != null) {
      String step = own.get(0).name();
      return List.of(new Plan.Item(step, host.address(), List.of(), unknown.message()));
    }
    try {
      NodeFacts facts = access.facts();
      HostPreview preview = access.preview(marks::of);
      for (PlannedStep step : own) {
        items.add(item(step.name(), host, () -> planned(step, access, facts, preview)));
      }
      add(items, item(LoginChange.NAME, host, () -> logins.planned(access, preview)));
      add(items, item(Retirement.NAME, host, () -> retirement.planned(access, preview)));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      items.add(problem(own.get(0).name(), host, e));
    }
    return items;
  }

  /** Which hosts a dependency is for may be asked of somebody else's code. */
  private static boolean mayApply(PlannedStep step, Host host) {
    try {
      return step.appliesTo(host);
    } catch (RuntimeException e) {
      return true; // its item says why nobody knows
    }
  }

  private static List<PlannedChange> planned(
      PlannedStep step, HostAccess access, NodeFacts facts, HostPreview preview) {
    return step.appliesTo(access.host()) ? step.planned(access, facts, preview) : List.of();
  }

  private static void add(List<Plan.Item> items, Plan.Item item) {
    if (!item.changes().isEmpty() || item.problem() != null) {
      items.add(item);
    }
  }

  private static Plan.Item item(String step, Host host, Supplier<List<PlannedChange>> look) {
    try {
      return new Plan.Item(step, host.address(), look.get(), null);
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return problem(step, host, e);
    }
  }

  private static Plan.Item problem(String step, Host host, RuntimeException e) {
    return new Plan.Item(step, host.address(), List.of(), HostStep.message(host.address(), e));
  }
}
