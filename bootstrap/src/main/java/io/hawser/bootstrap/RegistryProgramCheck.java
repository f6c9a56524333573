package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.report.HostResult;
import io.hawser.report.Status;

/** Whether the host has, or gets, a registry to run. */
record RegistryProgramCheck(Cluster cluster, Registries registries, RegistryMode mode)
    implements PreflightCheck {
  @Override
  public String name() {
    return "registry program";
  }

  @Override
  public boolean appliesTo(Host host) {
    return registries.replicas().contains(host);
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    String address = access.host().address();
    if (mode == RegistryMode.SEALOS) {
      boolean script = cluster.labelled("init-registry").isPresent();
      return script
          ? HostResult.of(address, name(), Status.OK, "the rootfs's init-registry script")
          : HostResult.of(address, name(), Status.FAILED, "the rootfs has no init-registry script")
              .advice("status.mounts[].labels", "use mode SAFE, or a rootfs that has the script");
    }
    // Making the changes finds the program, or says what to do; nothing is applied here.
    registries.installChanges(access.host(), facts);
    return HostResult.of(address, name(), Status.OK, "found");
  }
}
