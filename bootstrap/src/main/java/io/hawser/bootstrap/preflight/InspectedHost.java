package io.hawser.bootstrap.preflight;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import java.util.Map;

/**
 * A host that preflight reached, as its checks see it: its facts, those of all others that were
 * reached, gathered once before any check, and access to look further. For one thread. Hawser gives
 * it; a test of a check may have one of its own.
 */
public interface InspectedHost {
  /** The host. */
  Host host();

  /** Its facts, and its answers to {@link io.hawser.host.Survey}. */
  NodeFacts facts();

  /**
   * The same of every host of the call that was reached, this one included, in the order of the
   * cluster.
   */
  Map<Host, NodeFacts> all();

  /** To read files of the host and to run commands there that change nothing. */
  HostAccess access();
}
