package io.hawser.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @Test
  void readsWhatAManifestHolds() {
    assertThat(
            JsonText.parse(
                " {\"a\" : [1, -2.5e3, true, null, \"\\u0041\\n\\\\\\\"/\"], \"b\":{}, \"c\":[]}\n"))
        .isEqualTo(
            Map.of(
                "a", List.of("1", "-2.5e3", "true", "null", "A\n\\\"/"),
                "b", Map.of(),
                "c", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "[1,]",
        "{,}",
        "[1 2]",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "nul",
        "01x",
        "{} {}",
        "-",
        "\"\\u12"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonText.parse(text));
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonText.parse("[".repeat(100_000)));
  }
}
