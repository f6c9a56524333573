package io.hawser.registry;

import io.hawser.Secret;
import java.util.Optional;

/**
 * Keeps the secrets that Hawser generates for clusters, on the controller. {@link
 * ClusterSecretStores} has ready ones; write one to keep them in a vault.
 *
 * <p>When a store is lost, the next run generates new secrets and puts them on all hosts. Must be
 * thread-safe. Cluster names are RFC 1123 labels; names of secrets are of {@code a-z} and dashes.
 */
public interface ClusterSecrets {
  /** A secret of a cluster, if it is there. */
  Optional<Secret> get(CharSequence cluster, CharSequence name);

  /** Keeps a secret, in place of one that was there. */
  void put(CharSequence cluster, CharSequence name, Secret secret);

  /**
   * Keeps a secret unless there is one, and returns the one that is there then: of several callers
   * at once, on several controllers too, all get the same.
   */
  Secret putIfAbsent(CharSequence cluster, CharSequence name, Secret secret);
}
