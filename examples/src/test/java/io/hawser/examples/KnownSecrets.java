package io.hawser.examples;

import io.hawser.Secret;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store of secrets that a test may look into. */
final class KnownSecrets implements ClusterSecrets {
  private final ClusterSecrets store = ClusterSecretStores.inMemory();
  private final Map<String, String> values = new ConcurrentHashMap<>();

  Collection<String> values() {
    return values.values();
  }

  @Override
  public Optional<Secret> get(CharSequence cluster, CharSequence name) {
    return store.get(cluster, name);
  }

  @Override
  public void put(CharSequence cluster, CharSequence name, Secret secret) {
    values.put(name.toString(), secret.reveal());
    store.put(cluster, name, secret);
  }

  @Override
  public Secret putIfAbsent(CharSequence cluster, CharSequence name, Secret secret) {
    Secret kept = store.putIfAbsent(cluster, name, secret);
    values.put(name.toString(), kept.reveal());
    return kept;
  }
}
