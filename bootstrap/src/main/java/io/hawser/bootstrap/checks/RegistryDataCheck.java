package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;

/** Whether the registry's data directory holds something that is not ours. */
record RegistryDataCheck(Registries registries, RegistryMode mode) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    if (host.isInitialised()) {
      return Finding.ok("the host is initialised by Hawser already");
    }
    if (host.traces().registry()) {
      return Finding.ok("the registry of sealos keeps its data");
    }
    String directory = registries.settings(host.host()).dataDirectory();
    int entries = host.access().list(directory, false).entries().size();
    if (entries == 0) {
      return Finding.ok(directory + " is free");
    }
    String fate =
        mode == RegistryMode.SEALOS
            ? "it is set aside and comes back on reset"
            : "it is kept, and the images are added to it";
    return Finding.warning(directory + " holds " + entries + " entries that are not ours: " + fate)
        .advice("spec.env registryData", "make sure that no other registry uses it");
  }
}
