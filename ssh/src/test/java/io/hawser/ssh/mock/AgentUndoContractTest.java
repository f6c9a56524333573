package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds both agents to the same watch lists, options of undo and refusals. */
class AgentUndoContractTest {
  private static final String WATCHED =
      """
      system blocks /etc/hosts
      system file /etc/sysctl.conf
      program directory /etc/containerd
      program file /etc/new
      """;

  @TempDir private Path temp;
  private AgentPair host;

  @BeforeEach
  void makeHosts() throws IOException {
    host = new AgentPair(temp);
    host.lay("/etc/hosts", "127.0.0.1 localhost\n", 0644);
    host.lay("/etc/sysctl.conf", "a\n", 0640);
    host.lay("/etc/containerd/config.toml", "theirs", 0600);
  }

  @AfterEach
  void bothHoldTheSameFiles() throws IOException {
    host.assertSameFiles();
  }

  /** A watch list, and a script that is begun, changes things and ends. */
  private void runScript() {
    assertThat(host.call(WATCHED, "watch", "test", "scripts")).containsExactly("changed");
    assertThat(host.call(WATCHED, "watch", "test", "scripts")).containsExactly("same");
    assertThat(host.call("", "journal")).containsExactly("e 1 test watch 1 % 1 scripts");
    host.call("clean", "begin", "test", "init.sh", "f1");
    host.lay("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n", 0644);
    host.lay("/etc/sysctl.conf", "a\nb # sealos\n", 0640);
    host.lay("/etc/containerd/config.toml", "ours", 0600);
    host.lay("/etc/containerd/added", "ours", 0600);
    host.lay("/etc/new", "ours", 0644);
    host.call("", "done", "2");
  }

  private void undoScript() {
    host.call("", "undo-script", "2");
    assertThat(host.call("", "undo", "2")).containsExactly("undone");
  }

  @Test
  void whatAScriptChangedComesBackAfterItsUndo() {
    runScript();
    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    undoScript();
    assertThat(host.call("", "undo", "1"))
        .containsExactly(
            "undone as before: /etc/hosts /etc/sysctl.conf /etc/containerd/config.toml /etc/new"
                + " /etc/containerd/added");
    assertThat(host.files.text(host.root() + "/etc/containerd/config.toml")).isEqualTo("theirs");
    assertThat(host.files.exists(host.root() + "/etc/new")).isFalse();
    host.call("", "close");
  }

  @Test
  void aLineThatABlockTookThePlaceOfIsNoChangeOfSomebodyElse() {
    assertThat(host.call(WATCHED, "watch", "test", "scripts")).containsExactly("changed");
    String aside = "# hawser aside m: 127.0.0.1 localhost\n";
    String block = "# hawser begin m\n10.0.0.1 hub\n# hawser end m\n";
    host.lay("/etc/hosts", aside + block, 0644);
    host.call("clean", "begin", "test", "init.sh", "f1");
    host.lay("/etc/hosts", aside + block + "::1 localhost\n", 0644);
    host.call("", "done", "2");
    host.lay("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n", 0644);
    undoScript();
    assertThat(host.call("", "undo", "1")).containsExactly("undone as before: /etc/hosts");
    assertThat(host.files.text(host.root() + "/etc/hosts")).isEqualTo("127.0.0.1 localhost\n");
    host.call("", "close");
  }

  @Test
  void settingsStayWhenThatIsAsked() {
    runScript();
    undoScript();
    host.call("", "undo", "1", "settings-stay");
    assertThat(host.files.text(host.root() + "/etc/sysctl.conf")).contains("sealos");
    assertThat(host.files.text(host.root() + "/etc/containerd/config.toml")).isEqualTo("theirs");
    host.call("", "close");
  }

  @Test
  void whatSomebodyElseChangedStays() {
    runScript();
    host.lay("/etc/new", "mine", 0644);
    undoScript();
    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.text(host.root() + "/etc/new")).isEqualTo("mine");
    assertThat(host.files.text(host.root() + "/etc/sysctl.conf")).isEqualTo("a\n");
    host.call("", "close");
  }

  @Test
  void aDirectoryThatWasMadeGoesWithWhatOthersPutThereOnlyWhenAsked() {
    for (List<String> option : List.of(List.<String>of(), List.of("purge"))) {
      host.call("dir /srv/made 0755\n", "apply", "test");
      host.lay("/srv/made/theirs", "x", 0644);
      String sequence = host.call("", "journal").get(0).split(" ", 3)[1];
      List<String> words = new java.util.ArrayList<>(List.of("undo", sequence));
      words.addAll(option);
      String said = host.call("", words.toArray(new String[0])).get(0);
      assertThat(said).startsWith(option.isEmpty() ? "kept " : "undone");
      assertThat(host.files.exists(host.root() + "/srv/made/theirs")).isEqualTo(option.isEmpty());
      if (option.isEmpty()) {
        host.call(file("/srv/made/theirs", "0644", "ours"), "apply", "test");
        host.call("", "undo", "2");
        clear();
      }
    }
  }

  /** Both start again without the directory. */
  private void clear() {
    host.files.remove(host.root() + "/srv/made");
    Path made = host.root().resolve("srv/made");
    assertThat(made.resolve("theirs").toFile().delete() & made.toFile().delete())
        .isEqualTo(host.real());
  }

  @Test
  void placesThatNoJournalOfOursNamesAreRefused() {
    for (String target : List.of("%", "/", "//", "etc/hosts", "/etc/../etc", "/srv/.", "..")) {
      Cksum sum = new Cksum();
      String line = "S 1 test dir " + target + " 0755 -";
      String text = "hawser-journal 1\n" + line;
      text += " " + sum.add(text).value() + "\n";
      host.lay(AgentPair.STATE + "/journal", text, 0600);
      assertThat(host.refusal("undo", "1")).as(target).isNotEmpty();
    }
  }
}
