package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;

/** Whether environment was given that does not count; a row only where there is some. */
record EnvCheck(Cluster cluster) implements PreflightCheck {
  @Override
  public String name() {
    return "env";
  }

  @Override
  public boolean appliesTo(Host host) {
    return !warnings(host).isEmpty();
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    List<String> warnings = warnings(access.host());
    return HostResult.of(
            access.host().address(), name(), Status.WARNING, String.join("; ", warnings))
        .advice("spec.env, or env of the host", "remove it there, or set it in the image");
  }

  private List<String> warnings(Host host) {
    return cluster.explainEnv(host).warnings();
  }
}
