package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.file;
import static io.hawser.ssh.mock.AgentPair.sha;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds both agents to the same answers about files that stand in for those of Hawser. */
class AgentStandInTest {
  private static final String PATH = "/etc/hosts.toml";
  private static final String OURS = "one\ntwo\n";
  private static final String OPERATION = file(PATH, "0600", OURS);

  @TempDir private Path temp;
  private AgentPair host;

  @BeforeEach
  void aFileOfOursIsThere() throws IOException {
    host = new AgentPair(temp);
    host.lay(PATH, "theirs\n", 0600);
    assertThat(host.call(OPERATION, "apply", "test")).containsExactly("1 changed");
  }

  @AfterEach
  void bothHoldTheSameFiles() throws IOException {
    host.assertSameFiles();
  }

  private static String standIn(String text, String insteadOf) {
    return text + "# hawser: for now in place of " + sha(insteadOf) + ", " + sha(text) + "\n";
  }

  private List<String> check() {
    return host.call(OPERATION, "check");
  }

  @Test
  void aStandInCountsAsTheFileAndIsUndoneLikeIt() {
    host.lay(PATH, standIn("two\none\n", OURS), 0600);
    assertThat(check()).containsExactly("1 same");
    assertThat(host.call(OPERATION, "apply", "test")).containsExactly("1 same");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.files.text(host.root() + PATH)).isEqualTo("theirs\n");
  }

  @Test
  void aStandInThatSomebodyChangedIsTheirs() {
    host.lay(PATH, "three\n" + standIn("two\none\n", OURS), 0600);
    assertThat(check()).containsExactly("1 changed");
    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
  }

  @Test
  void aStandInForAnotherFileOrWithAnotherModeIsReplaced() {
    host.lay(PATH, standIn("two\none\n", "an older one"), 0600);
    assertThat(check()).containsExactly("1 changed");
    host.lay(PATH, standIn("two\none\n", OURS), 0644);
    assertThat(check()).containsExactly("1 changed");
    assertThat(host.call(OPERATION, "apply", "test")).containsExactly("1 changed");
    assertThat(host.files.text(host.root() + PATH)).isEqualTo(OURS);
  }
}
