package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.host.Probe;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplicaProbeTest {
  private static final Probe.Result GOOD = new Probe.Result(true, true, "3 ms");
  private static final Probe.Result BAD = new Probe.Result(false, true, "connection refused");
  private static final Optional<KnownArtifact> KNOWN =
      Optional.of(new KnownArtifact("a/b", "1".repeat(64), "2".repeat(64)));

  private final List<Probe> asked = new ArrayList<>();
  private RegistrySettings settings =
      new RegistrySettings(RegistryMode.SAFE, "hub", 5000, "hawser", Secret.of("pw"), "/c", "/d");
  private final TestClock clock = new TestClock();

  private HostResult ask(Optional<KnownArtifact> known, Function<Probe, Probe.Result> answers) {
    return new ReplicaProbe(clock, clock::advance, Duration.ofSeconds(60))
        .ask(
            "10.0.0.1",
            probe -> {
              asked.add(probe);
              return answers.apply(probe);
            },
            "http://10.0.0.1:5000",
            settings,
            known,
            "look at the service");
  }

  @Test
  void s16ReadyIsAKnownManifestAndAKnownBlobWithCredentials() {
    HostResult result = ask(KNOWN, probe -> GOOD);
    assertThat(result.status()).isEqualTo(Status.OK);
    assertThat(asked)
        .extracting(Probe::url)
        .containsExactly(
            "http://10.0.0.1:5000/v2/a/b/manifests/sha256:" + "1".repeat(64),
            "http://10.0.0.1:5000/v2/a/b/blobs/sha256:" + "2".repeat(64));
    assertThat(asked).extracting(Probe::sha256).containsExactly("1".repeat(64), "2".repeat(64));
    assertThat(asked)
        .allMatch(p -> "hawser".equals(p.user()) && Secret.of("pw").equals(p.password()));
    assertThat(asked.get(0).accept()).contains("oci.image.manifest", "manifest.list");
    assertThat(clock.waited).isZero();
  }

  @Test
  @DisplayName("S7 S8 a replica with TLS is asked with the cluster's authority")
  void s7ReplicaWithTlsIsAskedWithTheClustersAuthority() {
    settings =
        new RegistrySettings(
            RegistryMode.SAFE, "hub", 5000, "hawser", Secret.of("pw"), "/c", "/d", "the authority");
    ask(KNOWN, probe -> GOOD);
    assertThat(asked).hasSize(2).allMatch(p -> "the authority".equals(p.caCertificate()));
  }

  @Test
  void s16ManifestAloneIsNotReady() {
    HostResult result = ask(KNOWN, probe -> probe.url().contains("blobs") ? BAD : GOOD);
    assertThat(result.status()).isEqualTo(Status.FAILED);
  }

  @Test
  void slowStartIsWaitedFor() {
    assertThat(ask(KNOWN, probe -> asked.size() < 10 ? BAD : GOOD).status()).isEqualTo(Status.OK);
    assertThat(clock.waited).isEqualTo(9);
  }

  @Test
  void theWaitIsBoundedAndTheResultSaysWhereToLook() {
    HostResult result = ask(KNOWN, probe -> BAD);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.message())
        .isEqualTo("http://10.0.0.1:5000 does not serve after 60 s: connection refused");
    assertThat(result.hint()).isEqualTo("look at the service");
    assertThat(clock.waited).isEqualTo(59);
  }

  @Test
  void hostThatCannotAskIsNotCheckedRatherThanFailed() {
    HostResult result = ask(KNOWN, probe -> new Probe.Result(false, false, "no curl, no wget"));
    assertThat(result.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(result.hint()).contains("install curl");
    assertThat(clock.waited).isZero();
  }

  @Test
  void withoutArtifactsTheResultSaysThatItProvesLess() {
    HostResult result = ask(Optional.empty(), probe -> GOOD);
    assertThat(asked).extracting(Probe::url).containsExactly("http://10.0.0.1:5000/v2/");
    assertThat(result.message())
        .isEqualTo("answers on /v2/ with the credentials; there is no artifact to prove more with");
  }

  private static final class TestClock extends Clock {
    private long waited;

    void advance(Duration time) {
      waited += time.toSeconds();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusSeconds(waited);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
