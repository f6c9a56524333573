package io.hawser.filesystem;

import io.hawser.cluster.Architectures;
import io.hawser.cluster.Host;
import io.hawser.host.HostStateException;
import io.hawser.host.NodeFacts;

/**
 * The architecture of a host.
 *
 * @param word for example {@code amd64}; empty when nobody knows it
 */
record HostArchitecture(Host host, String word) {
  /**
   * What the host says it is, or else what the Clusterfile says.
   *
   * @throws HostStateException if the two differ
   */
  static HostArchitecture of(Host host, NodeFacts facts) {
    String found = Architectures.word(facts.get("arch"));
    String named = host.arch().map(Architectures::word).orElse("");
    if (!found.isEmpty() && !named.isEmpty() && !found.equals(named)) {
      throw new HostStateException(
          host.address(),
          "the Clusterfile says "
              + named
              + ", but the host is "
              + found
              + "; correct or leave out the word in its roles");
    }
    return new HostArchitecture(host, found.isEmpty() ? named : found);
  }

  HostStateException misfit(String imageName, String why) {
    return new HostStateException(
        host.address(),
        "the host is "
            + (word.isEmpty() ? "of an unknown architecture" : word)
            + ", but image "
            + imageName
            + " does not fit: "
            + why
            + "; nothing of it was sent. Give a directory with one tree per architecture, or an"
            + " archive with all platforms");
  }
}
