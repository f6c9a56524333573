package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;

/** One question about one host, asked without changing it. */
interface PreflightCheck {
  String name();

  boolean appliesTo(Host host);

  HostResult check(HostAccess access, NodeFacts facts);
}
