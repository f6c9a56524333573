package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.sha;
import static io.hawser.ssh.mock.AgentPair.tar;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds both agents to the same answers and files where trees are moved and listed. */
class AgentTreeContractTest {
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

  private String journal() {
    return String.join("\n", host.call("", "journal"));
  }

  private static final String SEEN = "5ee2";
  private static final int PIECE = 1 << 18;

  private static final String LIST =
      "n d 0750 0/bin\n"
          + "i f "
          + sha("tool")
          + " 0/bin/tool\n"
          + "i l tool 0/bin/alias\n"
          + "r f "
          + sha("new")
          + " 0/conf\n"
          + "n f "
          + sha("tag")
          + " 3/tag\nend\n";

  private byte[] stream() throws IOException {
    return tar(
        ".hawser-stage-names-1",
        "./0/bin/tool\0./0/conf\0./3/tag\0",
        "0/bin/",
        "",
        "0/bin/tool",
        "tool",
        "0/bin/alias",
        "->tool",
        "0/conf",
        "new",
        "3/tag",
        "tag");
  }

  @Test
  void treeIsReceivedCommittedListedAndUndone() throws IOException {
    host.lay("/srv/tree/conf", "old", 0644);
    host.lay("/srv/tree/theirs", "x", 0644);

    assertThat(host.call(stream(), "receive", "mount", "/srv/tree", "c1", "names-1"))
        .containsExactlyInAnyOrder(
            "f " + sha("tool") + " 0/bin/tool",
            "f " + sha("new") + " 0/conf",
            "f " + sha("tag") + " 3/tag");
    assertThat(journal()).isEqualTo("e 1 mount tree 0 % 1 /srv/tree");
    assertThat(host.call("", "list", "/srv/tree", "names", "1"))
        .containsExactlyInAnyOrder("f 644 3 - conf", "f 644 1 - theirs");

    assertThat(host.call(LIST, "commit", "mount", "/srv/tree", "c1", "key", SEEN))
        .containsExactly("seq 1");
    assertThat(journal()).isEqualTo("e 1 mount tree 1 % 1 /srv/tree");
    assertThat(host.call("", "list", "/srv/tree", "digests", "2"))
        .containsExactlyInAnyOrder(
            "d 750 bin",
            "f 640 4 - bin/tool",
            "s " + sha("tool") + " bin/tool",
            "l bin/alias",
            "t tool",
            "f 640 3 - conf",
            "s " + sha("new") + " conf",
            "f 640 3 - tag",
            "s " + sha("tag") + " tag",
            "f 644 1 - theirs",
            "s " + sha("x") + " theirs");

    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.files.text(host.root() + "/srv/tree/conf")).isEqualTo("old");
    assertThat(host.files.paths(host.root() + "/srv")).hasSize(2);
  }

  @Test
  void entryOfATreeThatSomebodyElseChangedIsKept() throws IOException {
    host.lay("/srv/tree/conf", "old", 0644);
    host.call(stream(), "receive", "mount", "/srv/tree", "c1", "names-1");
    host.call(LIST, "commit", "mount", "/srv/tree", "c1", "key", SEEN);
    host.lay("/srv/tree/bin/tool", "theirs", 0755);

    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.text(host.root() + "/srv/tree/bin/tool")).isEqualTo("theirs");
    assertThat(host.files.exists(host.root() + "/srv/tree/tag")).isFalse();
  }

  @Test
  void linkOfATreeThatSomebodyElseChangedIsKept() throws IOException {
    host.call(stream(), "receive", "mount", "/srv/tree", "c1", "names-1");
    host.call(LIST.replace("r f", "n f"), "commit", "mount", "/srv/tree", "c1", "key", SEEN);
    host.link("/srv/tree/bin/alias", "theirs");

    assertThat(host.call("", "undo", "2")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.linkTarget(host.root() + "/srv/tree/bin/alias")).isEqualTo("theirs");
    assertThat(host.files.exists(host.root() + "/srv/tree/tag")).isFalse();
  }

  private void put(String path, String how, String text) throws IOException {
    host.call(
        tar(".hawser-stage-names-1", "./0/" + path + "\0", "0/" + path, text),
        "receive",
        "mount",
        "/srv/tree",
        "c1",
        "names-1");
    String line = how + " f " + sha(text) + " 0/" + path + "\n";
    host.call(line + "end\n", "commit", "mount", "/srv/tree", "c1", "key", SEEN);
  }

  @Test
  void whatDamagedAFileThatIsNamedByItsContentGoesWithIt() throws IOException {
    String digest = sha("one");
    String blob = "blobs/sha256/" + digest.substring(0, 2) + "/" + digest + "/data";
    String link = "app/_layers/sha256/" + digest + "/link";
    for (String path : List.of(blob, "blobs/sha256/" + digest, link)) {
      String text = path.equals(link) ? "sha256:" + digest : "one";
      host.lay("/srv/tree/" + path, "theirs, damaged", 0640);
      put(path, "r", text);
      host.lay("/srv/tree/" + path, "rotten", 0640);
      put(path, "r", text);
      host.lay("/srv/tree/" + path, "rotten again", 0640);
      for (int undone = 0; undone < 2; undone++) {
        List<String> entries = host.call("", "journal");
        String last = entries.get(entries.size() - 1).split(" ")[1];
        assertThat(host.call("", "undo", last)).containsExactly("undone");
        assertThat(host.files.exists(host.root() + "/srv/tree/" + path)).isEqualTo(undone == 1);
        assertThat(host.files.paths(host.root() + AgentPair.STATE + "/tree"))
            .as("of what damaged it nothing is kept")
            .allMatch(
                kept -> !kept.contains(".pre/") || host.files.text(kept).equals("theirs, damaged"));
      }
      assertThat(host.files.text(host.root() + "/srv/tree/" + path)).isEqualTo("theirs, damaged");
    }
  }

  @Test
  void fileOfATreeThatWasEditedBecomesWhatWasPutThere() throws IOException {
    host.lay("/srv/tree/conf", "edited", 0644);

    assertThat(host.call("own", "putback", "/srv/tree/conf", "0640", sha("own")))
        .containsExactly("restored");
    assertThat(host.files.text(host.root() + "/srv/tree/conf")).isEqualTo("own");
    assertThat(host.call("", "read", "/srv/tree/conf")).contains("mode 0640");
    assertThat(host.files.paths(host.root() + "/srv/tree")).hasSize(1);
  }

  @Test
  void abandonedTransferLeavesNothing() throws IOException {
    host.call(stream(), "receive", "mount", "/srv/tree", "c1", "names-1");
    host.call("", "abandon", "/srv/tree", "c1");

    assertThat(journal()).isEqualTo("e 1 mount dir 1 % 1 /srv/tree");
    assertThat(host.files.paths(host.root() + "/srv")).isEmpty();
  }

  @Test
  void modesOfATreeAreChangedAndChangedBack() throws IOException {
    host.lay("/srv/tree/tool", "x", 0644);
    host.call(tar(".hawser-stage-names-1", ""), "receive", "mount", "/srv/tree", "c1", "names-1");

    host.call("m f 0755,0644 0/tool\nend\n", "commit", "mount", "/srv/tree", "c1", "key", SEEN);
    assertThat(host.call("", "read", "/srv/tree/tool")).contains("mode 0755");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.call("", "read", "/srv/tree/tool")).contains("mode 0644");
  }

  @Test
  void missingDirectoryIsListedAsNothing() {
    assertThat(host.call("", "list", "/srv/none", "digests", "1")).isEmpty();
  }

  @Test
  void onlyNamedFilesAreDigested() {
    host.lay("/srv/t/a", "a", 0644);
    host.lay("/srv/t/b c", "b", 0644);

    assertThat(host.call("b\\0040c\n", "list", "/srv/t", "chosen", "1"))
        .containsExactly("s " + sha("b") + " b c");
  }

  @Test
  void listThatIsCutIsNotCommitted() throws IOException {
    host.call(stream(), "receive", "mount", "/srv", "c1", "names-1");

    assertThat(host.refusal("commit", "mount", "/srv", "c1", "key", SEEN)).contains("cut");
    assertThat(
            host.call(
                LIST.replaceFirst("r f .* 0/conf\n", ""),
                "commit",
                "mount",
                "/srv",
                "c1",
                "key",
                SEEN))
        .containsExactly("seq 1");
    assertThat(host.refusal("commit", "mount", "/srv", "c1", "key", SEEN))
        .contains("nothing was received");
  }

  @Test
  void killedTransferIsTakenUpAgain() throws IOException {
    host.call(tag(), "receive", "mount", "/srv", "c1", "names-1");

    assertThat(host.call(tag(), "receive", "mount", "/srv", "c1", "names-1"))
        .containsExactly("f " + sha("tag") + " 3/tag");
    assertThat(journal()).isEqualTo("e 1 mount tree 0 % 1 /srv");
  }

  private static byte[] tag() throws IOException {
    return tar(".hawser-stage-names-1", "./3/tag\0", "3/tag", "tag");
  }

  @Test
  void furtherArchivesAndLongFilesArriveBesideTheFirst() throws IOException {
    assertThat(host.refusal("more", "/srv", "c1", "names-2")).contains("is gone");
    host.call(tag(), "receive", "mount", "/srv", "c1", "names-1");
    byte[] second = tar(".hawser-stage-names-2", "./0/a b\0", "0/a b", "x");
    assertThat(host.call(second, "more", "/srv", "c1", "names-2"))
        .containsExactly("f " + sha("x") + " 0/a b");
    String large = "y".repeat(PIECE) + "\0".repeat(2 * PIECE) + "end";
    String frames = "d " + PIECE + "\n" + "y".repeat(PIECE) + "z " + 2 * PIECE + "\nd 3\nend";
    String size = String.valueOf(large.length());
    assertThat(host.call(frames, "append", "/srv", "c1", "0/large", "0640", "0", size))
        .containsExactly("f " + sha(large) + " 0/large");
    assertThat(host.call("", "pieces", "/srv", "c1", "0/large", String.valueOf(PIECE)))
        .containsExactly(
            "p " + sha("y".repeat(PIECE)),
            "p " + sha("\0".repeat(PIECE)),
            "p " + sha("\0".repeat(PIECE)));
    String other = "d 4\nlast";
    size = String.valueOf(PIECE + 4);
    assertThat(host.call(other, "append", "/srv", "c1", "0/large", "0640", "" + PIECE, size))
        .containsExactly("f " + sha("y".repeat(PIECE) + "last") + " 0/large");
    assertThat(host.refusal("append", "/srv", "c1", "0/large", "0640", "0", "9")).contains("of 9");
    host.call("", "abandon", "/srv", "c1");
  }

  @Test
  void filesOfASeedAreCopiedIntoTheStagingButNeverThroughLinks() throws IOException {
    assertThat(host.refusal("seed", "/srv/tree", "c1", "/srv/seed")).contains("is gone");
    host.call(tar(".hawser-stage-names-1", ""), "receive", "mount", "/srv/tree", "c1", "names-1");
    host.lay("/srv/seed/bin/a b", "tool", 0600);
    host.lay("/srv/other/secret", "secret", 0600);
    host.link("/srv/seed/link", "../other/secret");
    host.link("/srv/seed/way", "../other");
    String wanted =
        "0750 0/bin/a\\0040b\n0644 0/link\n0644 1/way/secret\n0644 0/bin\n0644 3/missing\n";

    assertThat(host.call(wanted, "seed", "/srv/tree", "c1", "/srv/seed"))
        .containsExactly("f " + sha("tool") + " 0/bin/a b");
    assertThat(host.call(wanted, "seed", "/srv/tree", "c1", "/srv/none")).isEmpty();
    host.call(
        "n d 0755 0/bin\ni f " + sha("tool") + " 0/bin/a\\0040b\nend\n",
        "commit",
        "mount",
        "/srv/tree",
        "c1",
        "key",
        SEEN);
    assertThat(host.call("", "read", "/srv/tree/bin/a\\0040b")).contains("mode 0750");
    assertThat(host.call("", "read", "/srv/seed/bin/a\\0040b")).contains("mode 0600");
  }

  @Test
  void markedTreeIsUnchangedUntilSomethingIs() throws IOException {
    host.call(tag(), "receive", "mount", "/srv", "c1", "names-1");
    String[] list = {"list", "/srv", "names", "0", "c1", "key", SEEN};
    assertThat(host.call("", list)).containsExactly("w", "v - -");
    String commit = "n f " + sha("tag") + " 3/tag\nend\n";
    host.call(commit, "commit", "mount", "/srv", "c1", "key", SEEN);
    assertThat(host.call("", list)).containsExactly("u");
    assertThat(host.call("", "list", "/srv", "names", "0", "c1", "key", "other"))
        .containsExactly("v - -", "f 640 3 - tag");
    host.lay("/srv/tag", "TAG", 0640);
    assertThat(host.call("", list)).containsExactly("v - -", "f 640 3 - tag");
    host.call("", "mark", "/srv", "key", SEEN);
    assertThat(host.call("", list)).containsExactly("u");
    host.lay("/srv/theirs", "", 0644);
    assertThat(host.call("", list)).hasSize(3);
  }

  @Test
  @DisplayName("D1 D2 who asks for a tree is told what is free, also where nothing is yet")
  void whoAsksForATreeIsToldWhatIsFree() {
    host.ssh.freeSpace("10.0.0.1", 4096, 7);

    String[] more = {"c1", "key", SEEN};
    assertThat(host.call("", "list", "/srv", "names", "0", more[0], more[1], more[2]))
        .containsExactly("v 4096 7");
    assertThat(host.call("", "list", "/srv/none/of/it", "names", "0", more[0], more[1], more[2]))
        .containsExactly("v 4096 7");
    assertThat(host.call("", "list", "/srv", "names", "0")).isEmpty();
  }
}
