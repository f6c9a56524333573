package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the hosts, read-only, and compares them with what the steps want. */
final class Planner {
  private final Hosts reach;

  Planner(Hosts reach) {
    this.reach = reach;
  }

  Plan plan(List<Step> steps, List<Host> hosts) {
    List<List<Plan.Item>> perHost = FanOut.map(hosts, reach.width(), host -> items(steps, host));
    List<Plan.Item> inOrder = new ArrayList<>();
    for (Step step : steps) {
      for (List<Plan.Item> items : perHost) {
        items.stream().filter(item -> item.step().equals(step.name())).forEach(inOrder::add);
      }
    }
    return new Plan(inOrder);
  }

  private List<Plan.Item> items(List<Step> steps, Host host) {
    List<Plan.Item> items = new ArrayList<>();
    HostAccess access = reach.access(host);
    List<Step> own = steps.stream().filter(step -> step.appliesTo(host)).toList();
    if (own.isEmpty()) {
      return items;
    }
    try {
      NodeFacts facts = access.facts();
      Set<ChangeResult> listed = new HashSet<>();
      for (Step step : own) {
        items.add(item(step, access, facts, listed));
      }
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      items.add(problem(own.get(0), host, e));
    }
    return items;
  }

  private static Plan.Item item(
      Step step, HostAccess access, NodeFacts facts, Set<ChangeResult> listed) {
    Host host = access.host();
    try {
      List<ChangeResult> changes = access.compare(step.changes(host, facts));
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
