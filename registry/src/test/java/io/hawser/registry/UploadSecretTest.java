package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadSecretTest {
  private static UploadSecret of(String text) {
    return UploadSecret.of(Secret.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:\n  addr: :5000\n  secret: \"right\"\nauth:\n  a: b\n",
        "version: 0.1\nhttp:\n  # why\n  secret: 'right' # one for all\n",
        "http: {addr: ':5000', secret: right}\n",
        "http:\r\n  secret: right\r\n",
        "http:\n\n  addr: :5000\n\n  secret: right"
      })
  void findsTheSecretOfTheBlockHttpInEachWayOfWritingIt(String text) {
    assertThat(of(text).isSameAs(of("http:\n  secret: right\n"))).isTrue();
    assertThat(of(text).isSameAs(of("http:\n  secret: wrong\n"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:\n  addr: :5000\n",
        "http:\n  # secret: right\n  addr: :5000\n",
        "http:\n  secret:\nauth: x\n",
        "http:\n  addr: :5000\nother:\n  secret: right\n",
        "version: 0.1\n"
      })
  void whatHasNoneIsTheSameAsNoOther(String text) {
    assertThat(of(text).isGiven()).isFalse();
    assertThat(of(text).isSameAs(of(text))).isFalse();
  }

  @Test
  @DisplayName("what Hawser writes itself is read back; it is not shown")
  void readsWhatHawserWrites() {
    Secret config =
        Secret.of(ConfigFile.of(":5000", "/d", "/h", Secret.of("right"), Optional.of("/t")));
    UploadSecret found = UploadSecret.of(config);
    assertThat(found.isSameAs(of("http:\n  secret: right\n"))).isTrue();
    assertThat(found.toString()).doesNotContain("right");
  }
}
