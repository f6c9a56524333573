package io.hawser.bootstrap.checks;

import com.google.common.collect.ImmutableMap;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a proxy that is set would be asked for the registries, which it cannot know. */
record ProxyCheck(Registries registries) implements Question {
  private static final Map<String, String> PLACES =
      ImmutableMap.of("login", "the login environment", "containerd", "the unit of containerd");

  @Override
  public Finding inspect(ReachedHost host) {
    if (!host.facts().values().containsKey("proxy.login")) {
      return host.untold("its proxies");
    }
    List<String> caught = new ArrayList<>();
    PLACES.forEach(
        (fact, place) -> {
          String proxies = host.facts().get("proxy." + fact);
          ProxyExceptions exceptions = ProxyExceptions.parse(host.facts().get("no_proxy." + fact));
          List<String> names = names().stream().filter(name -> !exceptions.hold(name)).toList();
          if (!proxies.isEmpty() && !names.isEmpty()) {
            caught.add(
                String.join(", ", proxies.split(" +", -1))
                    + " of "
                    + place
                    + " would take what is for "
                    + String.join(", ", names));
          }
        });
    return caught.isEmpty()
        ? Finding.ok("none in the way")
        : Finding.warning(String.join("; ", caught))
            .advice(null, "add them to NO_PROXY there: " + String.join(",", names()));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(registries.settings(registries.replicas().get(0)).domain());
    registries.replicas().stream().map(Host::address).forEach(names::add);
    return names;
  }
}
