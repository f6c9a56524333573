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

  @Test
  void lettersDigitsAndWhatNoShellMistakesStayAsTheyAre() {
    String plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._:=,@+-";
    for (char c = 0; c < 256; c++) {
      String field = WireField.encode(new byte[] {(byte) c});
      String expected = plain.indexOf(c) >= 0 ? "" + c : String.format("\\0%03o", (int) c);
      assertThat(field).isEqualTo(expected);
    }
  }

  @Test
  void aBackslashWithoutItsDigitsStandsForItself() {
    assertThat(WireField.decode("a\\0040")).isEqualTo("a ");
    assertThat(WireField.decode("a\\004")).isEqualTo("a\\004");
    assertThat(WireField.decode("\\")).isEqualTo("\\");
    assertThat(WireField.decode("\\0040b")).isEqualTo(" b");
  }
}
