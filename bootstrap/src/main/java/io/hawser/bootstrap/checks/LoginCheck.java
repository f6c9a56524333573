package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.registry.Registries;

/** Whether the registry's password is the one that every sealos rootfs has. */
record LoginCheck(Registries registries) implements Question {
  private static final String DEFAULT = "passw0rd";

  @Override
  public Finding inspect(ReachedHost host) {
    return registries.settings(host.host()).password().reveal().equals(DEFAULT)
        ? Finding.warning("the registry has the password of every sealos rootfs")
            .advice("spec.env registryPassword", "choose another, or use mode SAFE")
        : Finding.ok("a password of its own");
  }
}
