package io.hawser.bootstrap;

import io.hawser.HawserException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.List;

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
    NodeFacts facts;
    try {
      facts = access.facts();
    } catch (HawserException e) {
      return List.of(new Plan.Item(own.get(0).name(), host.address(), List.of(), e.getMessage()));
    }
    for (Step step : own) {
      items.add(item(step, access, facts));
    }
    return items;
  }

  private static Plan.Item item(Step step, HostAccess access, NodeFacts facts) {
    Host host = access.host();
    try {
      return new Plan.Item(
          step.name(), host.address(), access.compare(step.changes(host, facts)), null);
    } catch (HawserException e) {
      return new Plan.Item(step.name(), host.address(), List.of(), e.getMessage());
    }
  }
}
