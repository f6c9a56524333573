package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets nodes trust two authorities at once: the one that registries show now, and the one whose
 * certificates they get next.
 */
public final class RegistryTrust {
  private RegistryTrust() {}

  /** Whether a file on a node is there for the authority of registries that containerd asks. */
  public static boolean isAuthority(CharSequence path) {
    return path.toString().startsWith(CaFile.DIRECTORY);
  }

  /**
   * Adds the authority of the registries to the one that a node was told of before; nothing on a
   * node that knows it, or none. {@link Registries#endpointChanges} later leaves the new one alone.
   */
  public static List<HostChange> both(Registries registries, HostAccess node, NodeFacts facts) {
    List<HostChange> wanted = new ArrayList<>();
    for (EndpointStrategy strategy :
        List.of(registries.nodes.strategy(), EndpointStrategies.hostsFile())) {
      wanted.addAll(
          registries.endpointChanges(strategy, node.host(), facts, registries.replicas()));
    }
    Map<String, HostChange> changes = new LinkedHashMap<>();
    for (HostChange change : wanted) {
      if (change instanceof FileChange file && !authorities(file.content()).isEmpty()) {
        node.text(file.path())
            .flatMap(there -> joined(file, there))
            .ifPresent(both -> changes.put(file.path(), both));
      }
    }
    return List.copyOf(changes.values());
  }

  private static Optional<HostChange> joined(FileChange wanted, Secret there) {
    Set<String> all = new LinkedHashSet<>(authorities(there));
    if (all.isEmpty() || !all.addAll(authorities(wanted.content()))) {
      return Optional.empty();
    }
    return Optional.of(FileChange.plain(wanted.path(), String.join("", all)));
  }

  /** The certificates of a file that holds nothing else. */
  private static List<String> authorities(Secret file) {
    String text = file.reveal();
    return text.startsWith("-----BEGIN " + PemText.CERTIFICATE)
        ? PemText.all(PemText.CERTIFICATE, text).stream()
            .map(der -> PemText.of(PemText.CERTIFICATE, der))
            .toList()
        : List.of();
  }
}
