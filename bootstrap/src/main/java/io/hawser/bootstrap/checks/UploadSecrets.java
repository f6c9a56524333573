package io.hawser.bootstrap.checks;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.registry.Registries;
import io.hawser.registry.UploadSecret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The {@code http.secret} of every replica, read once in a call. Thread-safe. */
final class UploadSecrets {
  private final Registries registries;
  private final Function<? super Host, HostAccess> access;
  private final Map<Host, Optional<UploadSecret>> found = new ConcurrentHashMap<>();

  UploadSecrets(Registries registries, Function<? super Host, HostAccess> access) {
    this.registries = registries;
    this.access = access;
  }

  /** That of a replica; empty when no registry is configured there. */
  Optional<UploadSecret> of(Host replica) {
    return found.computeIfAbsent(
        replica, host -> UploadSecret.on(access.apply(host), registries.settings(host)));
  }
}
