package io.hawser.registry;

import io.hawser.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets that live as long as the object. */
final class SecretsInMemory implements ClusterSecrets {
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

  @Override
  public Optional<Secret> get(CharSequence cluster, CharSequence name) {
    return Optional.ofNullable(secrets.get(key(cluster, name)));
  }

  @Override
  public void put(CharSequence cluster, CharSequence name, Secret secret) {
    secrets.put(key(cluster, name), secret);
  }

  @Override
  public Secret putIfAbsent(CharSequence cluster, CharSequence name, Secret secret) {
    return secrets.computeIfAbsent(key(cluster, name), key -> secret);
  }

  private static String key(CharSequence cluster, CharSequence name) {
    return cluster + "/" + name;
  }
}
