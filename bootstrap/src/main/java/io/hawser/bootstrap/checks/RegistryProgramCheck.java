package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.host.HostStep;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryException;
import io.hawser.registry.RegistryMode;

/** Whether the host has, or gets, a registry to run. */
record RegistryProgramCheck(Cluster cluster, Registries registries, RegistryMode mode)
    implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    if (mode == RegistryMode.SEALOS) {
      boolean script = cluster.labelled("init-registry").isPresent();
      return script
          ? Finding.ok("the rootfs's init-registry script")
          : Finding.failed("the rootfs has no init-registry script")
              .advice("status.mounts[].labels", "use mode SAFE, or a rootfs that has the script");
    }
    try {
      // Making the changes finds the program, or says what to do; nothing is applied here.
      registries.installChanges(host.host(), host.facts());
      return Finding.ok("found");
    } catch (RegistryException e) {
      return Finding.failed(HostStep.message(host.host().address(), e))
          .advice("spec.image, or the roles of the hosts", "install a registry program there");
    }
  }
}
