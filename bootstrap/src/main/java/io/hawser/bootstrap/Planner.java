package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the hosts, read-only, and compares them with what the steps want. */
final class Planner {
  private final Hosts reach;

  private final LoginChange logins;
  private final Retirement retirement;

  Planner(Hosts reach, LoginChange logins, Retirement retirement) {
    this.reach = reach;
    this.logins = logins;
    this.retirement = retirement;
  }

  /**
   * Makes the plan.
   *
   * @param unknown hosts that could not be looked at before, which are not tried again
   */
  Plan plan(List<Step> steps, List<Host> hosts, Map<Host, HostResult> unknown) {
    List<List<Plan.Item>> perHost =
        FanOut.map(hosts, reach.width(), host -> items(steps, host, unknown.get(host)));
    List<Plan.Item> inOrder = new ArrayList<>();
    List<String> names = new ArrayList<>(steps.stream().map(Step::name).distinct().toList());
    names.add(LoginChange.NAME);
    names.add(Retirement.NAME);
    for (String name : names) {
      for (List<Plan.Item> items : perHost) {
        items.stream().filter(item -> item.step().equals(name)).forEach(inOrder::add);
      }
    }
    return new Plan(inOrder);
  }

  private List<Plan.Item> items(List<Step> steps, Host host, @Nullable HostResult unknown) {
    List<Plan.Item> items = new ArrayList<>();
    HostAccess access = reach.access(host);
    List<Step> own = steps.stream().filter(step -> step.appliesTo(host)).toList();
    if (own.isEmpty()) {
      return items;
    }
    if (unknown != null) {
      String step = own.get(0).name();
      return List.of(new Plan.Item(step, host.address(), List.of(), unknown.message()));
    }
    try {
      NodeFacts facts = access.facts();
      Set<ChangeResult> listed = new HashSet<>();
      for (Step step : own) {
        items.add(item(step, access, facts, listed));
      }
      add(items, LoginChange.NAME, host, logins.planned(access));
      add(items, Retirement.NAME, host, retirement.planned(access));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      items.add(problem(own.get(0), host, e));
    }
    return items;
  }

  private static void add(
      List<Plan.Item> items, String name, Host host, List<ChangeResult> changes) {
    if (!changes.isEmpty()) {
      items.add(new Plan.Item(name, host.address(), changes, null));
    }
  }

  private static Plan.Item item(
      Step step, HostAccess access, NodeFacts facts, Set<ChangeResult> listed) {
    Host host = access.host();
    try {
      List<ChangeResult> changes = new ArrayList<>(access.compare(step.changes(access, facts)));
      changes.addAll(step.takenBack(access, facts));
      // Two steps may want the same; the second finds it done.
      return new Plan.Item(
          step.name(), host.address(), changes.stream().filter(listed::add).toList(), null);
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return problem(step, host, e);
    }
  }

  private static Plan.Item problem(Step step, Host host, RuntimeException e) {
    return new Plan.Item(
        step.name(), host.address(), List.of(), HostStep.message(host.address(), e));
  }
}
