package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.registry.Registries;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Waits until a registry that no node is told of any more serves nobody.
 *
 * @param within how long at most
 * @param pause waits between two looks
 */
record Drain(Duration within, Consumer<Duration> pause) {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** One that waits for real. */
  static Drain within(Duration limit) {
    return new Drain(limit, Drain::sleep);
  }

  /**
   * Waits, and says what came of it.
   *
   * @param port where the registry listens
   */
  String of(HostAccess registry, int port) {
    Duration waited = Duration.ZERO;
    Duration idleSince = Duration.ZERO;
    OptionalInt open = registry.connections(port);
    int idle = open.orElse(1) == 0 ? 1 : 0;
    // Who has read an old list a moment ago connects before the second look.
    while (idle < 2 && waited.compareTo(within) < 0) {
      pause.accept(INTERVAL);
      waited = waited.plus(INTERVAL);
      open = registry.connections(port);
      idle = open.orElse(1) == 0 ? idle + 1 : 0;
      idleSince = idle == 1 ? waited : idleSince;
    }
    if (open.isEmpty()) {
      return "the host does not tell who is connected; waited " + seconds(waited);
    }
    if (open.getAsInt() > 0) {
      return open.getAsInt() + " connections were still open after " + seconds(waited);
    }
    return idleSince.isZero()
        ? "nobody was connected"
        : "nobody was connected after " + seconds(idleSince);
  }

  /**
   * Waits for several at once, at most as long as for one; says of each what came of it. A host
   * that does not answer is not waited for.
   */
  List<String> all(List<Host> hosts, LockedHosts reach, Registries registries) {
    return FanOut.map(
        hosts,
        reach.reach().width(),
        host -> {
          int port = registries.settings(host).port();
          try {
            return of(reach.access(host), port);
          } catch (CancelledException e) {
            throw e;
          } catch (HawserException e) {
            return "the host could not be asked who is connected";
          }
        });
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while waiting for a registry's last clients", e);
    }
  }
}
