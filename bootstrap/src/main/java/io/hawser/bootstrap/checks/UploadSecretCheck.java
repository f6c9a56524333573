package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.UploadSecret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the replicas that are configured have one {@code http.secret}: an upload that is begun at
 * one of them and goes on at another is refused there otherwise. A cluster that is pulled from only
 * does not need it, so this is never more than a warning.
 */
record UploadSecretCheck(Registries registries, RegistryMode mode) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    Optional<UploadSecret> own = host.secrets().of(host.host());
    if (own.isEmpty()) {
      return Finding.ok("no registry is configured here yet");
    }
    List<Host> others =
        registries.replicas().stream()
            .filter(replica -> !replica.equals(host.host()) && host.all().containsKey(replica))
            .filter(replica -> host.secrets().of(replica).isPresent())
            .toList();
    if (others.isEmpty()) {
      return Finding.ok("no other registry is configured yet");
    }
    if (!own.get().isGiven()) {
      return advised(
          "the registry has no http.secret and makes up its own: an upload that goes through"
              + " several registries fails, pulls do not");
    }
    String different =
        others.stream()
            .filter(other -> host.secrets().of(other).stream().noneMatch(own.get()::isSameAs))
            .map(Host::address)
            .collect(Collectors.joining(", "));
    return different.isEmpty()
        ? Finding.ok("one for all")
        : advised(
            "the registry has another http.secret than "
                + different
                + ": an upload that goes through both fails, pulls do not");
  }

  private Finding advised(String message) {
    return mode == RegistryMode.SAFE
        ? Finding.warning(message).advice(null, "run init, or applyExternalDeps: it is made anew")
        : Finding.warning(message)
            .advice(
                "spec.image",
                "give http.secret one value in the rootfs's etc/registry_config.yml, or push to one"
                    + " registry only");
  }
}
