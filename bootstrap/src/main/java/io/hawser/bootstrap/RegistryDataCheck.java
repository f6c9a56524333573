package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.report.HostResult;
import io.hawser.report.Status;

/** Whether the registry's data directory holds something that is not ours. */
record RegistryDataCheck(Registries registries, RegistryMode mode, Adoption adoption)
    implements PreflightCheck {
  @Override
  public String name() {
    return "registry data";
  }

  @Override
  public boolean appliesTo(Host host) {
    return registries.replicas().contains(host);
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    String address = access.host().address();
    if (Initialised.is(access)) {
      return HostResult.of(address, name(), Status.OK, "the host is initialised by Hawser already");
    }
    if (adoption.look(access).registry()) {
      return HostResult.of(address, name(), Status.OK, "the registry of sealos keeps its data");
    }
    String directory = registries.settings(access.host()).dataDirectory();
    int entries = access.list(directory, false).entries().size();
    if (entries == 0) {
      return HostResult.of(address, name(), Status.OK, directory + " is free");
    }
    String fate =
        mode == RegistryMode.SEALOS
            ? "it is set aside and comes back on reset"
            : "it is kept, and the images are added to it";
    return HostResult.of(
            address,
            name(),
            Status.WARNING,
            directory + " holds " + entries + " entries that are not ours: " + fate)
        .advice("spec.env registryData", "make sure that no other registry uses it");
  }
}
