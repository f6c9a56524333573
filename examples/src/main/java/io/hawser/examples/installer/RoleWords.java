package io.hawser.examples.installer;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.util.stream.Collectors;

/** A host with its roles, in one line. */
final class RoleWords {
  private RoleWords() {}

  static String of(Host host) {
    return Addresses.of(host)
        + "  "
        + host.roles().stream().map(Role::word).collect(Collectors.joining(", "));
  }
}
