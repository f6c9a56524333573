package io.hawser.bootstrap.checks;

import com.google.common.base.Splitter;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;

/** The programs that Hawser and the rootfs's scripts need on a host. */
record ToolsCheck(Cluster cluster, Registries registries) implements Question {
  private static final List<String> ALWAYS = List.of("tar", "find", "xargs", "base64", "cksum");

  @Override
  public Finding inspect(ReachedHost inspected) {
    NodeFacts facts = inspected.facts();
    Host host = inspected.host();
    List<String> missing = new ArrayList<>();
    ALWAYS.stream().filter(tool -> !facts.has(tool)).forEach(missing::add);
    missing.addAll(Splitter.on(' ').omitEmptyStrings().splitToList(facts.get("lacks")));
    if (facts.get("sha256").isEmpty()) {
      missing.add("openssl or sha256sum");
    }
    if (cluster.rootfs().isPresent() && !facts.has("bash")) {
      missing.add("bash (for the rootfs's scripts)");
    }
    if (registries.replicas().contains(host)) {
      if (!facts.has("systemctl")) {
        missing.add("systemctl (to run the registry)");
      }
      if (!facts.has("curl") && !facts.has("wget")) {
        missing.add("curl or wget (to prove that the registry serves)");
      }
    }
    if (missing.isEmpty() && !facts.values().containsKey("lacks")) {
      return inspected.untold("which programs it lacks");
    }
    if (missing.isEmpty()) {
      return Finding.ok("all there");
    }
    return Finding.failed("not found: " + String.join(", ", missing))
        .advice(
            null, "install them on the host, or put them on the PATH of non-interactive logins");
  }
}
