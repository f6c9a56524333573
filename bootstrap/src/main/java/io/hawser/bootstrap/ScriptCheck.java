package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.host.HostAccess;
import io.hawser.host.ImageScripts;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import java.util.Optional;

/**
 * The rootfs's own check script. It is not run on a host that is initialised already, because some
 * of these scripts stop a running registry.
 */
record ScriptCheck(Cluster cluster, ImageScripts scripts, Adoption adoption)
    implements PreflightCheck {
  @Override
  public String name() {
    return "check";
  }

  @Override
  public boolean appliesTo(Host host) {
    return cluster.labelled("check").isPresent();
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    Host host = access.host();
    Optional<Command> script = scripts.command(host, "check");
    if (script.isEmpty()) {
      return HostResult.of(host.address(), name(), Status.SKIPPED, "the rootfs has none");
    }
    if (Initialised.is(access) || adoption.look(access).member()) {
      return HostResult.of(
          host.address(), name(), Status.SKIPPED, "not run: the host is initialised already");
    }
    if (access.list(HostPaths.of(cluster).scripts(), false).entries().isEmpty()) {
      return HostResult.of(
          host.address(), name(), Status.NOT_CHECKED, "could not check: rootfs not mounted");
    }
    access.run(script.get()).orThrow();
    return HostResult.of(host.address(), name(), Status.OK, "passed");
  }
}
