package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people and the agent are told of changes and of why they failed. */
class ChangeWordsTest {
  private static final String SHA_OF_X =
      "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

  private static WriteProblem problem(String message) {
    return new ChangeResult("/x", "file /x", Outcome.FAILED, message).problem();
  }

  @Test
  @DisplayName("D3 what a host's system says against a write is typed")
  void d3WordsOfTheSystemAreTyped() {
    Map<String, WriteProblem> words =
        Map.ofEntries(
            Map.entry("mv: /x: Read-only file system", WriteProblem.READ_ONLY),
            Map.entry("READ-ONLY FILE SYSTEM", WriteProblem.READ_ONLY),
            Map.entry(
                "/x: Operation not permitted; /x is immutable or append-only (chattr)",
                WriteProblem.IMMUTABLE),
            Map.entry("/x: Permission denied", WriteProblem.DENIED),
            Map.entry("/x: Operation not permitted", WriteProblem.DENIED),
            Map.entry("/x: Not a directory", WriteProblem.NOT_A_DIRECTORY),
            Map.entry("/x is not a directory", WriteProblem.NOT_A_DIRECTORY),
            Map.entry("/x: Device or resource busy", WriteProblem.BUSY),
            Map.entry("/x: Text file busy", WriteProblem.BUSY),
            Map.entry("/x is mounted", WriteProblem.BUSY),
            Map.entry("/x: No space left on device", WriteProblem.NO_SPACE),
            Map.entry("/x: Disk quota exceeded", WriteProblem.NO_SPACE),
            Map.entry("tar: /x: Wrote only 512 of 10240 bytes", WriteProblem.NO_SPACE),
            Map.entry("/x can be changed by others than root", WriteProblem.UNSAFE_PLACE),
            Map.entry("/x was changed by somebody else meanwhile", WriteProblem.CHANGED_MEANWHILE),
            Map.entry("", WriteProblem.OTHER),
            Map.entry("what?", WriteProblem.OTHER));
    words.forEach((message, type) -> assertThat(problem(message)).as(message).isEqualTo(type));
    String fine = "/x: Permission denied";
    for (Outcome outcome : List.of(Outcome.SAME, Outcome.CHANGED, Outcome.KEPT)) {
      assertThat(new ChangeResult("/x", "", outcome, fine).problem()).isEqualTo(WriteProblem.NONE);
    }
  }

  @Test
  void changesThatTheAgentMakesAloneAreALine() {
    assertThat(Operations.line(new DirectoryChange("/a b", 0700))).hasValue("dir /a\\0040b 0700");
    assertThat(Operations.line(new FileChange("/f", Secret.of("x"), 04, true)))
        .hasValue("file /f 0004 " + SHA_OF_X + " x");
    assertThat(Operations.line(new LinkChange("/l", "/a b"))).hasValue("link /l /a\\0040b");
    assertThat(Operations.line(new UnitChange("u", "x"))).hasValue("unit u " + SHA_OF_X + " x");
    assertThat(Operations.line(new BlockChange("/f", "m", List.of()))).isEmpty();
  }

  @Test
  void everyChangeSaysWhatItIs() {
    Command run = Command.of("init", "a b");
    assertThat(new CommandChange("i", run, null, "f").summary()).isEqualTo("run init 'a b'");
    CommandChange both = new CommandChange("i", run, Command.of("clean"), "f");
    assertThat(both.summary()).isEqualTo("run init 'a b' (undo: clean)");
    assertThat(both.target()).isEqualTo("i");
    assertThat(FileChange.secret("/f", "abc").summary())
        .isEqualTo("file /f mode 0600, 3 characters, secret");
    assertThat(FileChange.plain("/f", "abc").summary())
        .isEqualTo("file /f mode 0644, 3 characters");
    assertSays(new DirectoryChange("/d", 0700), "/d", "directory /d mode 0700");
    assertSays(new LinkChange("/l", "/a"), "/l", "link /l -> /a");
    assertSays(new BlockChange("/f", "m", List.of("x", "y")), "/f", "block m in /f: x | y");
    assertSays(new UnitChange("u", "x"), "u.service", "service u installed, enabled and running");
  }

  private static void assertSays(HostChange change, String target, String summary) {
    assertThat(change.target()).isEqualTo(target);
    assertThat(change.summary()).isEqualTo(summary);
  }

  @Test
  void aBlockMayBeAllowedToBeWrittenInPlace() {
    BlockChange block = new BlockChange("/f", "m", List.of("x"));
    assertThat(block.inPlace()).isFalse();
    assertThat(block.allowInPlace()).isEqualTo(new BlockChange("/f", "m", List.of("x"), true));
    for (String marker : List.of("", "A", "a b", "a\n")) {
      assertThatThrownBy(() -> new BlockChange("/f", marker, List.of()))
          .hasMessageContaining("marker \"" + marker + "\"");
    }
    for (String line : List.of("a\nb", "# hawser begin x", "# hawser end x")) {
      assertThatThrownBy(() -> new BlockChange("/f", "m", List.of(line)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a line of block m");
    }
  }
}
