package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WireFieldTest {
  @Test
  void everyTextComesBackAndHoldsNoBlank() {
    for (String text : new String[] {"", "%", "a b", "\\0101", "\u00fc\u6f22\n\t\0", "-rf", "/a"}) {
      assertThat(WireField.encode(text)).doesNotContain(" ", "\n").isNotEmpty();
      assertThat(WireField.decode(WireField.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void bytesAreWrittenAsTheShellReadsThem() {
    byte[] bytes = "a%\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(WireField.encode(bytes)).isEqualTo("a\\0045\\0377");
    assertThat(WireField.encode("")).isEqualTo("%");
  }
}
