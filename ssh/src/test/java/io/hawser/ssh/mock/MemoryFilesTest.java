package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemoryFilesTest {
  private final MemoryFiles files = new MemoryFiles();

  @Test
  void startsWithDirectoriesOnly() {
    assertThat(files.paths()).isEmpty();
    assertThat(files.isDirectory("/var/lib")).isTrue();
  }

  @Test
  void writingMakesParentsAndKeepsTheMode() {
    files.write("/a/b/c", "one").mode("/a/b/c", 0600).write("/a/b/c", "two");

    assertThat(files.text("/a/b/c")).isEqualTo("two");
    assertThat(files.bytes("/a/b/c")).isEqualTo("two".getBytes(StandardCharsets.UTF_8));
    assertThat(files.mode("/a/b/c")).isEqualTo(0600);
    assertThat(files.mode("/a/b")).isEqualTo(0755);
  }

  @Test
  void linksAreFollowedInParentsAndAtTheEnd() {
    files.write("/data/x/file", "deep").link("/short", "data/x").link("/abs", "/short/../x/file");

    assertThat(files.text("/short/file")).isEqualTo("deep");
    assertThat(files.text("/abs")).isEqualTo("deep");
    files.write("/short/new", "through");
    assertThat(files.paths("/data")).containsExactly("/data/x/file", "/data/x/new");
    assertThat(files.linkTarget("/short")).isEqualTo("data/x");
    assertThat(files.linkTarget("/data")).isEmpty();
  }

  @Test
  void danglingLinkExistsButHasNoText() {
    files.link("/gone", "/nowhere").link("/self", "self");

    assertThat(files.exists("/gone")).isTrue();
    assertThat(files.exists("/nowhere")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> files.text("/gone"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.text("/self"))
        .withMessageContaining("too many links");
  }

  @Test
  void removingTakesTheContentsButNotWhatALinkPointsAt() {
    files.write("/d/one", "1").write("/d/e/two", "2").write("/dx", "3").link("/l", "/d");

    files.remove("/l");
    assertThat(files.exists("/d/one")).isTrue();
    files.remove("/d");
    assertThat(files.paths()).containsExactly("/dx");
  }

  @Test
  void relativePathsAndWritingOverDirectoriesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> files.exists("etc"));
    assertThatIllegalArgumentException().isThrownBy(() -> files.write("/etc", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> files.link("/etc", "/x"));
    files.write("/f", "");
    assertThatIllegalArgumentException().isThrownBy(() -> files.write("/f/g", ""));
  }
}
