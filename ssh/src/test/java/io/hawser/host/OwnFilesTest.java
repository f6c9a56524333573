package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that Hawser writes, and replaces in a later run. As {@link HalfStateTest}, in which shells.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class OwnFilesTest {
  private final TestHost host;
  private final Map<String, String> bare;

  OwnFilesTest(String shell, @TempDir Path temp) throws IOException {
    HostAccessTest whole = new HostAccessTest(shell, temp);
    host = whole.host;
    bare = whole.bare;
  }

  @Test
  @DisplayName("S2 what Hawser wrote is kept nowhere when Hawser replaces it; others' files are")
  void whatHawserWroteIsNotKeptWhenItIsReplaced() throws IOException {
    for (String text : List.of("first word", "second word", "third word")) {
      assertThat(
              host.apply(
                  FileChange.secret("/etc/app.conf", text), FileChange.secret("/opt/new", text)))
          .containsExactly(CHANGED, CHANGED);
    }
    assertThat(holding("first word")).isEmpty();
    assertThat(holding("second word")).isEmpty();
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);

    host.apply(FileChange.plain("/opt/new", "ours"));
    host.write("/opt/new", "somebody's");
    host.apply(FileChange.plain("/opt/new", "ours again"));
    host.access.undo(entry -> entry.sequence() > 2);
    assertThat(host.read("/opt/new")).isEqualTo("somebody's");
  }

  @Test
  void whatAnotherOwnerWroteIsKeptForTheTimeOfUndo() throws IOException {
    host.apply(FileChange.plain("/opt/new", "of one"));
    host.access.apply("other", List.of(FileChange.plain("/opt/new", "of another")));
    host.access.undo(entry -> entry.owner().equals("other"));
    assertThat(host.read("/opt/new")).isEqualTo("of one");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  private List<String> holding(String word) throws IOException {
    try (Stream<Path> files = Files.walk(host.root)) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(word)) {
          found.add(file.toString());
        }
      }
      return found;
    }
  }
}
