package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.HostPaths;
import io.hawser.host.HostStep;
import io.hawser.host.ImageScripts;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import java.util.Optional;

/**
 * The rootfs's own check script. It is not run on a host that is initialised already, because some
 * of these scripts stop a running registry.
 */
record ScriptCheck(Cluster cluster, ImageScripts scripts) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    Optional<Command> script = scripts.command(host.host(), "check");
    if (script.isEmpty()) {
      return Finding.skipped("the rootfs has none");
    }
    if (host.isInitialised() || host.traces().member()) {
      return Finding.skipped("not run: the host is initialised already");
    }
    if (host.access().list(HostPaths.of(cluster).scripts(), false).entries().isEmpty()) {
      return Finding.notChecked("rootfs not mounted");
    }
    try {
      host.access().run(script.get()).orThrow();
      return Finding.ok("passed");
    } catch (CommandException e) {
      return Finding.failed(HostStep.message(host.host().address(), e))
          .advice("status.mounts[].labels check", "do what the script says");
    }
  }
}
