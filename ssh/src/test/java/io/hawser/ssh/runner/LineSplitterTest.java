package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter((line, error) -> lines.add(line), false);

  @Test
  void linesAreWholeHoweverTheyArrive() {
    for (byte b : "one\r\n\nzw\u00f6lf\nlast".getBytes(UTF_8)) {
      splitter.add(new byte[] {b});
    }
    splitter.finish();
    assertThat(lines).containsExactly("one", "", "zw\u00f6lf", "last");
  }

  @Test
  void aLineWithoutEndComesInPieces() {
    splitter.add("x".repeat(200_000).getBytes(UTF_8));
    splitter.finish();
    assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 65_536);
    assertThat(String.join("", lines)).hasSize(200_000);
  }
}
