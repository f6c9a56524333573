package io.hawser.examples;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.filesystem.Filesystem;
import java.util.List;

/** A caller that knows nothing but the two interfaces, in the order of the proposal's own calls. */
final class ProposalCaller {
  private final Filesystem filesystem;
  private final Bootstrap bootstrap;

  ProposalCaller(Filesystem filesystem, Bootstrap bootstrap) {
    this.filesystem = filesystem;
    this.bootstrap = bootstrap;
  }

  void run(List<String> hosts) {
    filesystem.mountRootfs(hosts);
    bootstrap.preflight(hosts.get(0), hosts.get(1));
    bootstrap.preflight();
    bootstrap.init(hosts.toArray(String[]::new));
    bootstrap.init();
    bootstrap.applyExternalDeps(hosts.get(0));
    bootstrap.applyExternalDeps();
    bootstrap.reset(hosts.get(4));
    bootstrap.reset();
    filesystem.unMountRootfs(hosts);
  }
}
