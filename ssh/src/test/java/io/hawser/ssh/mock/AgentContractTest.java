package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.file;
import static io.hawser.ssh.mock.AgentPair.sha;
import static io.hawser.ssh.mock.AgentPair.swap;
import static io.hawser.ssh.mock.AgentPair.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the agent in memory and the one in a shell to the same answers and the same files. */
class AgentContractTest {
  @TempDir private Path temp;
  private AgentPair host;

  @BeforeEach
  void makeHosts() throws IOException {
    host = new AgentPair(temp);
  }

  @AfterEach
  void bothHoldTheSameFiles() throws IOException {
    host.assertSameFiles();
  }

  private List<String> apply(String operations) {
    return host.call(operations, "apply", "test");
  }

  private String journal() {
    return String.join("\n", host.call("", "journal"));
  }

  @Test
  void missingFileIsReadAsMissing() {
    assertThat(host.call("", "read", "/etc/nothing")).containsExactly("kind missing");
    assertThat(host.call("", "read", "/etc")).containsExactly("kind other");
  }

  @Test
  void nobodyIsConnectedToAPortThatNobodyListensAt() {
    assertThat(host.call("", "connections", "0001")).isEmpty();
  }

  @Test
  void aSurveyIsAnsweredByTheSameNames() {
    assertThat(host.call("", "survey", "port=1", "path=/var/lib/x", "peer=127.0.0.1/1"))
        .hasSize(15)
        .contains("peer.127.0.0.1/1=refused");
    assertThat(host.refusal("survey", "dance=1")).contains("dance=1");
  }

  @Test
  void fileIsReadWithModeAndDigest() {
    host.lay("/etc/hosts", "127.0.0.1 localhost\n", 0644);

    assertThat(host.call("", "read", "/etc/hosts"))
        .startsWith("kind file", "mode 0644", "sha " + sha("127.0.0.1 localhost\n"))
        .endsWith("data", "MTI3LjAuMC4xIGxvY2FsaG9zdAo=");
  }

  @Test
  void fileIsWrittenOnceAndUndoneToWhatItReplaced() {
    host.lay("/etc/motd", "old", 0640);
    String operation = file("/etc/motd", "0600", "new é\n");

    assertThat(host.call(operation, "check")).containsExactly("1 changed");
    assertThat(apply(operation)).containsExactly("1 changed");
    assertThat(host.call(operation, "check")).containsExactly("1 same");
    assertThat(apply(operation)).containsExactly("1 same");
    assertThat(journal()).isEqualTo("e 1 test file 1 % 1 /etc/motd");
    assertThat(host.call("", "read", "/etc/motd")).contains("mode 0600");

    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.call("", "read", "/etc/motd")).contains("mode 0640", "sha " + sha("old"));
    assertThat(journal()).isEmpty();
    host.call("", "close");
    assertThat(host.files.exists(host.root() + "/var/lib/hawser")).isFalse();
  }

  @Test
  void missingParentsAreJournalledAndUndoneToo() {
    assertThat(apply(file("/srv/a/b/c", "0644", "x") + "dir /srv/a/d 0700\n"))
        .containsExactly("1 changed", "2 changed");
    assertThat(journal())
        .isEqualTo(
            """
            e 1 test dir 1 % 1 /srv/a
            e 2 test dir 1 % 1 /srv/a/b
            e 3 test file 1 % 1 /srv/a/b/c
            e 4 test dir 1 % 1 /srv/a/d""");

    for (String sequence : List.of("4", "3", "2", "1")) {
      assertThat(host.call("", "undo", sequence)).containsExactly("undone");
    }
    assertThat(host.files.exists(host.root() + "/srv/a")).isFalse();
  }

  @Test
  void fileThatSomebodyElseChangedIsKept() {
    host.lay("/etc/motd", "old", 0644);
    apply(file("/etc/motd", "0644", "ours"));
    host.lay("/etc/motd", "theirs", 0644);

    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.text(host.root() + "/etc/motd")).isEqualTo("theirs");
    assertThat(host.files.text(host.root() + "/etc/motd.hawser-1")).isEqualTo("old");
    assertThat(journal()).isEmpty();
  }

  @Test
  void directoryThatHoldsSomethingElseIsKept() {
    apply("dir /srv/mine 0750\n");
    host.lay("/srv/mine/theirs", "x", 0644);

    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    assertThat(journal()).isEmpty();
  }

  @Test
  void modeOfADirectoryIsChangedAndChangedBack() {
    assertThat(apply("dir /srv 0700\n")).containsExactly("1 changed");
    assertThat(apply("dir /srv 0700\n")).containsExactly("1 same");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.call("dir /srv 0755\n", "check")).containsExactly("1 same");
  }

  @Test
  void linkSetsAsideWhatStoodThere() {
    host.lay("/srv/registry/kept", "x", 0644);
    String operation = "link /srv/registry /srv/data\n";

    assertThat(apply(operation)).containsExactly("1 changed");
    assertThat(apply(operation)).containsExactly("1 same");
    assertThat(host.files.linkTarget(host.root() + "/srv/registry"))
        .isEqualTo(host.root() + "/srv/data");
    assertThat(host.files.exists(host.root() + "/srv/registry.hawser-1/kept")).isTrue();
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.files.text(host.root() + "/srv/registry/kept")).isEqualTo("x");
  }

  @Test
  void blockIsSwappedOnlyWhenNobodyElseWrote() {
    host.lay("/etc/hosts", "one\n", 0644);

    assertThat(apply(swap("/etc/hosts", "one\n", "one\ntwo\n"))).containsExactly("1 changed");
    assertThat(journal()).isEqualTo("e 1 test block 1 names 1 /etc/hosts");
    assertThat(apply(swap("/etc/hosts", "one\ntwo\n", "one\nthree\n")))
        .containsExactly("1 changed");
    assertThat(journal()).isEqualTo("e 1 test block 1 names 1 /etc/hosts");
    assertThat(apply(swap("/etc/hosts", "one\n", "four\n") + "dir /srv/never 0755\n"))
        .singleElement()
        .asString()
        .startsWith("1 failed ");
    assertThat(apply(swap("/etc/hosts", "one\nthree\n", "one\n"))).containsExactly("1 changed");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.files.text(host.root() + "/etc/hosts")).isEqualTo("one\n");
  }

  @Test
  void fileIsReadAndSwappedThroughALinkThatWasMade() {
    host.lay("/etc/hosts", "one\n", 0644);
    apply("link /etc/linked /etc/hosts\n");

    assertThat(host.call("", "read", "/etc/linked")).contains("sha " + sha("one\n"));
    assertThat(apply(swap("/etc/linked", "one\n", "two\n"))).containsExactly("1 changed");
    assertThat(host.files.text(host.root() + "/etc/hosts")).isEqualTo("two\n");
  }

  @Test
  void fileMadeForABlockGoesWithIt() {
    assertThat(apply(swap("/etc/hosts", "", "two\n"))).containsExactly("1 changed");
    assertThat(apply(swap("/etc/hosts", "two\n", ""))).containsExactly("1 changed");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.files.exists(host.root() + "/etc/hosts")).isFalse();
  }

  @Test
  void unitIsInstalledEnabledStartedAndTakenAway() {
    String operation = unit("registry", "[Service]\nExecStart=/bin/true\n");

    assertThat(apply(operation)).containsExactly("1 changed");
    assertThat(apply(operation)).containsExactly("1 same");
    assertThat(host.ssh.units("10.0.0.1"))
        .containsEntry("registry", new UnitState("registry", true, true, 1));
    assertThat(journal()).isEqualTo("e 1 test unit 1 % 1 registry.service");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.ssh.units("10.0.0.1")).isEmpty();
  }

  @Test
  void commandIsJournalledWithItsUndoScript() {
    assertThat(host.call("echo undone\n", "begin", "test", "init.sh", "f1"))
        .containsExactly("seq 1");
    assertThat(journal()).isEqualTo("e 1 test command 0 f1 1 init.sh");
    assertThat(host.call("echo undone\n", "begin", "test", "init.sh", "f1"))
        .containsExactly("seq 1");
    host.call("", "done", "1");
    assertThat(host.call("", "begin", "test", "other", "f\\00402")).containsExactly("seq 2");
    assertThat(journal())
        .isEqualTo("e 1 test command 1 f1 1 init.sh\ne 2 test command 0 f\\00402 0 other");
    assertThat(host.call("", "undo-script", "1")).containsExactly("data", "ZWNobyB1bmRvbmUK");
    assertThat(host.call("", "undo", "2")).containsExactly("undone");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
  }

  @Test
  void tornLastLineOfTheJournalIsIgnored() {
    apply("dir /srv/one 0755\n");
    String journal = host.files.text(host.root() + AgentPair.STATE + "/journal");
    host.lay(AgentPair.STATE + "/journal", journal + "S 2 test dir /srv/t", 0600);

    assertThat(journal()).isEqualTo("e 1 test dir 1 % 1 /srv/one");
    assertThat(apply("dir /srv/two 0755\n")).containsExactly("1 changed");
    assertThat(journal()).isEqualTo("e 1 test dir 1 % 1 /srv/one\ne 2 test dir 1 % 1 /srv/two");
  }

  @Test
  void damagedOrNewerJournalIsRefusedAndNothingIsChanged() {
    apply("dir /srv/one 0755\n");
    String path = AgentPair.STATE + "/journal";
    String journal = host.files.text(host.root() + path);

    host.lay(path, journal.replace("/srv/one", "/srv/two"), 0600);
    assertThat(host.refusal("journal")).contains("damaged");
    host.lay(path, "hawser-journal 2\n", 0600);
    assertThat(host.refusal("undo", "1")).contains("version 1", "2");
    assertThat(host.files.exists(host.root() + "/srv/one")).isTrue();
  }

  @Test
  void undoingTwiceIsNoFailure() {
    apply("dir /srv/one 0755\n");

    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.refusal("done", "1")).contains("no entry 1");
  }

  @Test
  void stateDirectoryOfAnotherClusterStaysWhenOneIsClosed() {
    host.lay("/var/lib/hawser/other/journal", "hawser-journal 1\n", 0600);
    apply("dir /srv/one 0755\n");
    host.call("", "undo", "1");
    host.call("", "close");

    assertThat(host.files.paths(host.root() + "/var/lib/hawser"))
        .containsExactly(host.root() + "/var/lib/hawser/other/journal");
  }

  @Test
  void blockThatMayBeWrittenInPlaceIsJournalledAsSuch() {
    host.lay("/etc/hosts", "a\n", 0644);

    host.call(swap("/etc/hosts", "a\n", "a\nb\n"), "apply", "test");
    for (String next : List.of("a\nc\n", "a\nd\n")) {
      String before = next.equals("a\nc\n") ? "a\nb\n" : "a\nc\n";
      String swap = swap("/etc/hosts", before, next).replaceFirst("\n$", " in-place\n");
      assertThat(host.call(swap, "apply", "test")).containsExactly("1 changed");
    }
    assertThat(host.call("", "journal")).containsExactly("e 2 test block 1 names 1 /etc/hosts");
  }
}
