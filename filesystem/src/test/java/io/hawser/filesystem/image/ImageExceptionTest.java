package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageExceptionTest {
  @Test
  @DisplayName("I10 what an archive holds does not reach a terminal as a command")
  void messagesHoldNoControlCharacters() {
    String said = "time '9\u00009\u001b[2J' is invalid\nadvice";
    assertThat(new ImageException(Path.of("a.tar"), said, null))
        .hasMessage("a.tar: time '9?9?[2J' is invalid\nadvice");
  }
}
