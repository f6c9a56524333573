package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.file;
import static io.hawser.ssh.mock.AgentPair.sha;
import static io.hawser.ssh.mock.AgentPair.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds both agents to the same when a file of Hawser takes the place of an earlier one. */
class AgentOwnFilesTest {
  private static final String PATH = "/etc/hosts.toml";
  private static final String MADE = "/etc/made";

  @TempDir private Path temp;
  private AgentPair host;

  @BeforeEach
  void somebodysFileIsThere() throws IOException {
    host = new AgentPair(temp);
    host.lay(PATH, "theirs\n", 0600);
  }

  @AfterEach
  void bothHoldTheSameFiles() throws IOException {
    host.assertSameFiles();
  }

  private void write(String owner, String text) {
    assertThat(host.call(file(PATH, "0600", text) + file(MADE, "0600", text), "apply", owner))
        .containsExactly("1 changed", "2 changed");
  }

  private long holding(String text) {
    return host.files.paths(host.root().toString()).stream()
        .filter(path -> host.files.text(path).contains(text))
        .count();
  }

  @Test
  @DisplayName("S2 an earlier file of the same owner is kept nowhere, and undo goes past it")
  void anEarlierFileIsForgotten() throws IOException {
    write("test", "first\n");
    write("test", "second\n");
    host.assertSameFiles();
    assertThat(holding("first")).isZero();
    assertThat(holding("theirs")).isEqualTo(2);
    for (String entry : new String[] {"4", "3", "2", "1"}) {
      assertThat(host.call("", "undo", entry)).containsExactly("undone");
    }
    assertThat(host.files.text(host.root() + PATH)).isEqualTo("theirs\n");
    assertThat(host.files.exists(host.root() + MADE)).isFalse();
  }

  @Test
  @DisplayName("S2 so is one that stood in for it")
  void aStandInIsForgotten() throws IOException {
    write("test", "first\n");
    String other = "first, in another order\n";
    String mark = "# hawser: for now in place of " + sha("first\n") + ", " + sha(other) + "\n";
    host.lay(PATH, other + mark, 0600);
    host.lay(MADE, other + mark, 0600);
    write("test", "second\n");
    assertThat(holding("first")).isZero();
  }

  @Test
  @DisplayName("D1 an earlier service of the same owner is kept nowhere, and undo goes past it")
  void anEarlierServiceIsForgotten() throws IOException {
    for (String text : new String[] {"one\n", "two\n", "one\n"}) {
      assertThat(host.call(unit("registry", text), "apply", "test")).containsExactly("1 changed");
    }
    host.assertSameFiles();
    assertThat(holding("two")).isZero();
    for (String entry : new String[] {"3", "2", "1"}) {
      assertThat(host.call("", "undo", entry)).containsExactly("undone");
    }
    assertThat(host.ssh.units("10.0.0.1")).isEmpty();
  }

  @Test
  void whatSomebodyPutInItsPlaceIsKept() throws IOException {
    write("test", "first\n");
    host.lay(PATH, "somebody's\n", 0600);
    write("test", "second\n");
    assertThat(host.call("", "undo", "3")).containsExactly("undone");
    assertThat(host.files.text(host.root() + PATH)).isEqualTo("somebody's\n");
  }

  @Test
  void whatAnotherOwnerWroteComesBack() {
    write("test", "first\n");
    write("other", "second\n");
    assertThat(host.call("", "undo", "4")).containsExactly("undone");
    assertThat(host.call("", "undo", "3")).containsExactly("undone");
    assertThat(host.files.text(host.root() + PATH)).isEqualTo("first\n");
    assertThat(host.files.text(host.root() + MADE)).isEqualTo("first\n");
  }
}
