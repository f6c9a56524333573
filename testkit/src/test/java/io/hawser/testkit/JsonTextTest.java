package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void everyKindOfValueIsRead() {
    Map<String, Object> read =
        JsonText.object(
            " {\"a\":[1,-2.5e1,true,false,null,{}],\"b\":\"\\u00e9\\n\\\"\",\"c\":[]} ");
    assertThat(read.get("a")).isEqualTo(Arrays.asList(1.0, -25.0, true, false, null, Map.of()));
    assertThat(read.get("b")).isEqualTo("é\n\"");
    assertThat(read.get("c")).isEqualTo(List.of());
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    for (String text :
        List.of(
            "", "[]", "{", "{\"a\"}", "{\"a\":1,}", "{} x", "{\"a\":tru}", "{\"a\":\"\\u00\"}")) {
      assertThatThrownBy(() -> JsonText.object(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> JsonText.object("{\"a\":" + "[".repeat(1000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
