package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;

/** Whether another container engine runs where the rootfs would bring its own, or another node. */
final class EnginesCheck implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    String running = host.facts().get("engines");
    if (!host.isWholeMachine()) {
      return Finding.ok("the host lies below a root of its machine");
    }
    if (!host.facts().values().containsKey("engines")) {
      return host.untold("which engines run");
    }
    if (running.isEmpty() || host.isInitialised() || host.traces().member()) {
      return Finding.ok(running.isEmpty() ? "none" : "part of what was brought up here");
    }
    return Finding.warning(running.replace(" ", ", ") + " runs here already")
        .advice(null, "stop it, or make sure that it shares the host with what the images bring");
  }
}
