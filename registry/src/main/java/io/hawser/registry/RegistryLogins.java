package io.hawser.registry;

import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may pull from replicas of mode {@link RegistryMode#SAFE} while their login changes. First
 * each replica admits the new login beside the ones before ({@link #installChanges}), then all
 * nodes are told, and only then the earlier ones are refused ({@link #withdrawal}). What is
 * admitted is read from the replica itself, so it does not matter who changed it, and when.
 * docs/rotation.md has the whole.
 */
public final class RegistryLogins {
  private final Registries registries;

  private RegistryLogins(Registries registries) {
    this.registries = registries;
  }

  /** Those of some registries. */
  public static RegistryLogins of(Registries registries) {
    return new RegistryLogins(registries);
  }

  /**
   * Puts a new generated password in the place of the one in a store. The next run of a bootstrap
   * gives it to all hosts, and refuses the old one when all have it. Nothing changes for a password
   * that was chosen.
   */
  public static void renewPassword(ClusterSecrets store, Cluster cluster) {
    new GeneratedSecrets(store, cluster.name(), Clock.systemUTC()).renewPassword();
  }

  /** As {@link Registries#installChanges}, and who was admitted before still is. */
  public List<HostChange> installChanges(HostAccess replica, NodeFacts facts) {
    List<HostChange> wanted = registries.installChanges(replica.host(), facts);
    String path = path(replica);
    Optional<Secret> there = there(replica);
    return there.isEmpty()
        ? wanted
        : wanted.stream()
            .map(
                change ->
                    change instanceof FileChange file && file.path().equals(path)
                        ? admitting(file, Htpasswd.withOthers(file.content(), there.get()))
                        : change)
            .toList();
  }

  private static FileChange admitting(FileChange file, Secret content) {
    return new FileChange(file.path(), content, file.mode(), file.secret());
  }

  /** The users whom a replica admits beside the one of its settings. */
  public Set<String> earlier(HostAccess replica) {
    return there(replica)
        .map(text -> Htpasswd.others(text, wanted(replica)))
        .map(ImmutableSet::copyOf)
        .orElse(ImmutableSet.of());
  }

  /** Makes a replica admit nobody but the user of its settings. */
  public FileChange withdrawal(HostAccess replica) {
    return FileChange.secret(path(replica), wanted(replica).reveal());
  }

  /**
   * Whether a replica knows the user of its settings by another password. Of such replicas some
   * have to be changed before nodes are told, and some after, since none can admit both.
   */
  public boolean changesPassword(HostAccess replica) {
    RegistrySettings settings = registries.settings(replica.host());
    return there(replica).filter(text -> Htpasswd.knowsOtherwise(text, settings)).isPresent();
  }

  private Secret wanted(HostAccess replica) {
    return registries.replicas.source().passwordFile(replica.host());
  }

  /** In mode SEALOS the scripts of the rootfs own the file. */
  private Optional<Secret> there(HostAccess replica) {
    return registries.settings(replica.host()).mode() == RegistryMode.SAFE
        ? replica.text(path(replica))
        : Optional.empty();
  }

  private String path(HostAccess replica) {
    return ManagedRegistry.passwordFile(registries.settings(replica.host()));
  }
}
