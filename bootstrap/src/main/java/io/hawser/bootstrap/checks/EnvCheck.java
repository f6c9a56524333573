package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import java.util.List;

/** Whether environment was given that does not count; a row only where there is some. */
record EnvCheck(Cluster cluster) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    return Finding.warning(String.join("; ", warnings(host.host())))
        .advice("spec.env, or env of the host", "remove it there, or set it in the image");
  }

  List<String> warnings(Host host) {
    return cluster.explainEnv(host).warnings();
  }
}
