package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeepTreeTest {
  @TempDir private Path temp;

  @Test
  @DisplayName("D19 a tree may be very deep")
  void d19ATreeMayBeVeryDeep() throws IOException {
    Path deep = temp;
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      deep = deep.resolve("d");
      expected.add("d/".repeat(i) + "d");
    }
    Files.createDirectories(deep);
    assertThat(FileTree.scan(temp, path -> true).files().stream().map(TreeFile::path))
        .containsExactlyElementsOf(expected);
  }
}
