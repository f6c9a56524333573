package io.hawser.ssh.mock;

import static io.hawser.ssh.mock.AgentPair.sha;
import static io.hawser.ssh.mock.AgentPair.tar;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    assertThat(host.call(stream(), "receive", "mount", "/srv/tree", "c1"))
        .containsExactlyInAnyOrder(
            "f " + sha("tool") + " 0/bin/tool",
            "f " + sha("new") + " 0/conf",
            "f " + sha("tag") + " 3/tag");
    assertThat(journal()).isEqualTo("e 1 mount tree 0 % 1 /srv/tree");
    assertThat(host.call("", "list", "/srv/tree", "names", "1"))
        .containsExactlyInAnyOrder("f 644 3 - conf", "f 644 1 - theirs");

    assertThat(host.call(LIST, "commit", "mount", "/srv/tree", "c1")).containsExactly("seq 1");
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
    host.call(stream(), "receive", "mount", "/srv/tree", "c1");
    host.call(LIST, "commit", "mount", "/srv/tree", "c1");
    host.lay("/srv/tree/bin/tool", "theirs", 0755);

    assertThat(host.call("", "undo", "1")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.text(host.root() + "/srv/tree/bin/tool")).isEqualTo("theirs");
    assertThat(host.files.exists(host.root() + "/srv/tree/tag")).isFalse();
  }

  @Test
  void linkOfATreeThatSomebodyElseChangedIsKept() throws IOException {
    host.call(stream(), "receive", "mount", "/srv/tree", "c1");
    host.call(LIST.replace("r f", "n f"), "commit", "mount", "/srv/tree", "c1");
    host.link("/srv/tree/bin/alias", "theirs");

    assertThat(host.call("", "undo", "2")).singleElement().asString().startsWith("kept ");
    assertThat(host.files.linkTarget(host.root() + "/srv/tree/bin/alias")).isEqualTo("theirs");
    assertThat(host.files.exists(host.root() + "/srv/tree/tag")).isFalse();
  }

  @Test
  void abandonedTransferLeavesNothing() throws IOException {
    host.call(stream(), "receive", "mount", "/srv/tree", "c1");
    host.call("", "abandon", "/srv/tree", "c1");

    assertThat(journal()).isEqualTo("e 1 mount dir 1 % 1 /srv/tree");
    assertThat(host.files.paths(host.root() + "/srv")).isEmpty();
  }

  @Test
  void modesOfATreeAreChangedAndChangedBack() {
    host.lay("/srv/tree/tool", "x", 0644);
    host.call(tarOfNothing(), "receive", "mount", "/srv/tree", "c1");

    host.call("m f 0755,0644 0/tool\nend\n", "commit", "mount", "/srv/tree", "c1");
    assertThat(host.call("", "read", "/srv/tree/tool")).contains("mode 0755");
    assertThat(host.call("", "undo", "1")).containsExactly("undone");
    assertThat(host.call("", "read", "/srv/tree/tool")).contains("mode 0644");
  }

  private static byte[] tarOfNothing() {
    return new byte[10240];
  }

  @Test
  void missingDirectoryIsListedAsNothing() {
    assertThat(host.call("", "list", "/srv/none", "digests", "1")).isEmpty();
  }

  @Test
  void onlyNamedFilesAreDigested() {
    host.lay("/srv/t/a", "a", 0644);
    host.lay("/srv/t/b c", "b", 0644);

    assertThat(host.call("b\\0040c\n", "list", "/srv/t", "digests", "1"))
        .containsExactlyInAnyOrder("f 644 1 - a", "f 644 1 - b c", "s " + sha("b") + " b c");
  }

  @Test
  void listThatIsCutIsNotCommitted() throws IOException {
    host.call(stream(), "receive", "mount", "/srv", "c1");

    assertThat(host.refusal("commit", "mount", "/srv", "c1")).contains("cut");
    assertThat(host.call(LIST.replaceFirst("r f .* 0/conf\n", ""), "commit", "mount", "/srv", "c1"))
        .containsExactly("seq 1");
    assertThat(host.refusal("commit", "mount", "/srv", "c1")).contains("nothing was received");
  }

  @Test
  void killedTransferIsTakenUpAgain() throws IOException {
    host.call(tar("3/tag", "tag"), "receive", "mount", "/srv", "c1");

    assertThat(host.call(tar("0/conf", "new"), "receive", "mount", "/srv", "c1"))
        .containsExactlyInAnyOrder("f " + sha("tag") + " 3/tag", "f " + sha("new") + " 0/conf");
    assertThat(journal()).isEqualTo("e 1 mount tree 0 % 1 /srv");
  }
}
