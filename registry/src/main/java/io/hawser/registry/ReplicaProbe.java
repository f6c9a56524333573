package io.hawser.registry;

import com.google.common.hash.Hashing;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.Probe;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a replica, from its own host and with credentials, for what only a working replica has: a
 * known manifest and a known blob with the right digests.
 */
final class ReplicaProbe {
  static final String STEP = "ready";

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** What CNCF distribution answers on {@code /v2/} once the credentials are right. */
  static final String EMPTY_OBJECT =
      Hashing.sha256().hashString("{}", StandardCharsets.UTF_8).toString();

  private final Clock clock;
  private final Pause pause;
  private final Duration within;

  ReplicaProbe(Clock clock, Pause pause, Duration within) {
    this.clock = clock;
    this.pause = pause;
    this.within = within;
  }

  /** A probe that asks once only. */
  ReplicaProbe once() {
    return new ReplicaProbe(clock, pause, Duration.ZERO);
  }

  /** Asks a replica from its own host. */
  HostResult ownHost(
      HostAccess replica, RegistrySettings own, Optional<KnownArtifact> known, String hint) {
    long start = System.nanoTime();
    return from(replica, replica.host(), own, known, hint)
        .took(Duration.ofNanos(System.nanoTime() - start));
  }

  /** Asks a replica from any host. */
  HostResult from(
      HostAccess node,
      Host replica,
      RegistrySettings own,
      Optional<KnownArtifact> known,
      String hint) {
    String url = Endpoints.of(replica, own).url();
    return ask(node.host().address(), node::probe, url, own, known, hint);
  }

  /** Asks until the answers are right or the time is over. */
  HostResult ask(
      String host,
      Function<Probe, Probe.Result> asking,
      String url,
      RegistrySettings settings,
      Optional<KnownArtifact> known,
      String hint) {
    List<Probe> probes =
        known
            .map(artifact -> probes(url, settings, artifact))
            .orElseGet(() -> List.of(probe(url + "/v2/", settings, null, EMPTY_OBJECT)));
    Instant end = clock.instant().plus(within);
    while (true) {
      Probe.Result answer = firstBad(asking, probes);
      if (answer.passed()) {
        return HostResult.of(host, STEP, Status.OK, proof(known)).took(answer.took());
      }
      if (!answer.checked()) {
        return HostResult.of(
                host, STEP, Status.NOT_CHECKED, "could not ask the registry: " + answer.message())
            .advice(null, "install curl or wget on the host and run again");
      }
      if (!clock.instant().plus(INTERVAL).isBefore(end)) {
        return HostResult.of(
                host,
                STEP,
                Status.FAILED,
                url + " does not serve" + waited() + ": " + answer.message())
            .advice(null, hint);
      }
      pause.sleep(INTERVAL);
    }
  }

  private String waited() {
    return within.isZero() ? "" : " after " + within.toSeconds() + " s";
  }

  private static String proof(Optional<KnownArtifact> known) {
    return known
        .map(
            artifact ->
                "serves a manifest and a blob of " + artifact.repository() + " with right digests")
        .orElse("answers on /v2/ with the credentials; there is no artifact to prove more with");
  }

  private static List<Probe> probes(String url, RegistrySettings settings, KnownArtifact artifact) {
    String base = url + "/v2/" + artifact.repository();
    return List.of(
        probe(
            base + "/manifests/sha256:" + artifact.manifest(),
            settings,
            Manifest.ACCEPT,
            artifact.manifest()),
        probe(base + "/blobs/sha256:" + artifact.blob(), settings, null, artifact.blob()));
  }

  private static Probe probe(
      String url, RegistrySettings settings, @Nullable String accept, String sha256) {
    return new Probe(
        url, settings.username(), settings.password(), accept, sha256, settings.caCertificate());
  }

  /** The first answer that is not good, else one that took as long as all together. */
  private static Probe.Result firstBad(Function<Probe, Probe.Result> ask, List<Probe> probes) {
    Duration took = Duration.ZERO;
    for (Probe probe : probes) {
      Probe.Result answer = ask.apply(probe);
      if (!answer.passed()) {
        return answer;
      }
      took = took.plus(answer.took());
    }
    return new Probe.Result(true, true, "", took);
  }
}
