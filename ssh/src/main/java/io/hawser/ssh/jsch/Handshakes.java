package io.hawser.ssh.jsch;

import io.hawser.cluster.Host;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to log in at an address and port: sshd drops unfinished logins at random when
 * there are many (MaxStartups), and another credential's login counts there too.
 */
final class Handshakes {
  private static final int AT_ONCE = 1;

  /** Behind a jump host the same address may be another host. */
  private record Endpoint(String address, int port, @Nullable Endpoint through) {
    static Endpoint of(Host host) {
      return new Endpoint(
          host.address(), host.ssh().port(), host.ssh().jump().map(Endpoint::of).orElse(null));
    }
  }

  private final Map<Endpoint, Turn> turns = new ConcurrentHashMap<>();

  Turn at(Host host) {
    return turns.computeIfAbsent(Endpoint.of(host), end -> new Turn(AT_ONCE));
  }
}
