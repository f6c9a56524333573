package io.hawser.cluster;

import java.util.Locale;

/** What a host is for. A host may have several roles. */
public enum Role {
  /** Runs the control plane. The first master is the default place of the registry. */
  MASTER,
  /** Runs workloads. */
  NODE,
  /** Runs a replica of the container registry; it need not be a member of the cluster otherwise. */
  REGISTRY;

  /** The word that a Clusterfile uses for this role, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
