package io.hawser.ssh.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void durationsAreSeconds() {
    assertThat(Words.seconds(Duration.ofSeconds(10))).isEqualTo("10 s");
    assertThat(Words.seconds(Duration.ofMillis(1300))).isEqualTo("1.3 s");
    assertThat(Words.seconds(Duration.ofMillis(300))).isEqualTo("0.3 s");
  }

  @Test
  @DisplayName("C3 control characters do not reach a message")
  void theLastLinesAreOneLineWithoutControlCharacters() {
    assertThat(Words.lastLines("a\nb\n\n \u001b[31mc\r\nd\u0007\n")).isEqualTo("b | [31mc | d");
    assertThat(Words.lastLines("one")).isEqualTo("one");
    assertThat(Words.lastLines("")).isEmpty();
  }
}
