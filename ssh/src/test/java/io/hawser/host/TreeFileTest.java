package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFileTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path temp;

  @Test
  void aPathThatIsNotPlainlyBelowTheRootIsRefusedInEveryKindOfEntry() {
    for (String path : List.of("", "/a", "a/", "a//b", ".", "..", "a/..", "./a", "a/../b", "/")) {
      assertThatThrownBy(() -> TreeFile.text(path, 0644, ""))
          .hasMessageContaining("\"" + path + "\"");
      assertThatThrownBy(() -> TreeFile.file(path, 0644, 1, temp)).hasMessageContaining("root");
      assertThatThrownBy(() -> TreeFile.directory(path, 0755)).hasMessageContaining("root");
      assertThatThrownBy(() -> TreeFile.link(path, "x")).hasMessageContaining("root");
    }
    assertThat(TreeFile.text("...", 0644, "")).hasToString("...");
    assertThat(TreeFile.text(".a/..b", 0644, "").path()).isEqualTo(".a/..b");
  }

  @Test
  @DisplayName("D14 names and targets with line breaks or NUL are refused and shown without them")
  void d14NamesWithLineBreaks() {
    for (String name : List.of("a\nb", "a\rb", "a\0b", "\n")) {
      String shown = name.replaceAll("[\n\r\0]", "?");
      assertThatThrownBy(() -> TreeFile.text(name, 0644, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + shown + "\" holds a line break or NUL");
      assertThatThrownBy(() -> TreeFile.link("l", name)).hasMessageContaining(shown);
    }
    assertThat(TreeFile.link("l", "../a b").linkTarget()).isEqualTo("../a b");
  }

  @Test
  void anEntryIsWhatItWasMadeAs() throws IOException {
    TreeFile text = TreeFile.text("d/t", 0640, "\u00fc");
    assertThat(text.type()).isEqualTo(TreeFile.Type.FILE);
    assertThat(text.mode()).isEqualTo(0640);
    assertThat(text.size()).as("in UTF-8").isEqualTo(2);
    assertThat(text.open()).hasContent("\u00fc");
    assertThat(text.linkTarget()).isEmpty();
    TreeFile directory = TreeFile.directory("d", 0750);
    assertThat(directory.type()).isEqualTo(TreeFile.Type.DIRECTORY);
    assertThat(directory.mode()).isEqualTo(0750);
    assertThat(directory.size()).isZero();
    TreeFile link = TreeFile.link("l", "d");
    assertThat(link.type()).isEqualTo(TreeFile.Type.LINK);
    assertThat(link.mode()).isEqualTo(0777);
  }

  @Test
  void theDigestIsComputedOnceAndKept() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "abc");
    TreeFile file = TreeFile.file("f", 0644, 3, source);
    assertThat(file.knownDigest()).isNull();
    assertThat(file.sha256()).isEqualTo(ABC);
    Files.delete(source);
    assertThat(file.sha256()).isEqualTo(ABC);
    assertThat(file.withRank(3).sha256()).isEqualTo(ABC);
    assertThat(TreeFile.text("f", 0644, "other").withSha256(ABC).sha256()).isEqualTo(ABC);
    TreeFile gone = TreeFile.file("f", 0644, 3, source);
    assertThatThrownBy(gone::sha256)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read the source of f");
  }

  @Test
  void aRankIsWithinItsBounds() {
    TreeFile file = TreeFile.text("f", 0644, "abc");
    assertThat(file.rank()).isZero();
    assertThat(file.withRank(0).rank()).isZero();
    assertThat(file.withRank(9).rank()).isEqualTo(9);
    assertThatThrownBy(() -> file.withRank(-1)).hasMessageContaining("rank -1");
    assertThatThrownBy(() -> file.withRank(10)).hasMessageContaining("rank 10");
  }
}
