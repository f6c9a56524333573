package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.report.Transfer;
import io.hawser.ssh.Command;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MemoryFiles;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls bring a tree to a host in memory, and what is said of it. */
class TreeSendTest {
  private static final String PLACE = "/srv/tree";
  private static final String STAGING = PLACE + "/.hawser-stage-c1";
  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.text("d/a", 0644, "content a"),
              TreeFile.text("d/b", 0600, "b"),
              TreeFile.link("l", "d"),
              TreeFile.text("late", 0644, "late").withRank(3)));

  @TempDir private Path temp;
  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
  private final List<TransferProgress> heard = new ArrayList<>();
  private final HostAccess access = HostAccess.to(ssh, cluster, host).withListener(heard::add);
  private final MemoryFiles files = ssh.files("10.0.0.1");

  private ChangeResult put(FileTree tree) {
    return put(tree, TreeChange.Check.FULL);
  }

  private ChangeResult put(FileTree tree, TreeChange.Check check) {
    return access.apply("o", List.of(new TreeChange(PLACE, tree, check))).get(0);
  }

  private List<String> calls() {
    return ssh.transcript().stream()
        .map(RecordedCommand::command)
        .map(command -> command.split(" ", -1)[1])
        .toList();
  }

  private List<String> callsOf(Runnable work) {
    int before = ssh.transcript().size();
    work.run();
    return calls().subList(before, ssh.transcript().size());
  }

  @Test
  void aTreeArrivesInFewCallsAndIsSentOnlyOnce() {
    ChangeResult first = put(TREE);
    assertThat(first)
        .usingRecursiveComparison()
        .ignoringFields("transfers")
        .isEqualTo(
            new ChangeResult(
                PLACE,
                "tree /srv/tree: 4 entries, 14 bytes",
                Outcome.CHANGED,
                "3 files, 14 bytes sent"));
    assertThat(first.transfers()).singleElement().returns(14L, Transfer::bytes);
    assertThat(calls()).containsExactly("list", "receive", "commit");
    assertThat(files.text(PLACE + "/l/a")).isEqualTo("content a");
    assertThat(files.mode(PLACE + "/d/b")).isEqualTo(0600);
    assertThat(files.exists(STAGING)).isFalse();
    assertThat(callsOf(() -> assertThat(put(TREE).outcome()).isEqualTo(Outcome.SAME)))
        .containsExactly("list", "list");
    assertThat(access.compare(List.of(new TreeChange(PLACE, TREE))).get(0).outcome())
        .isEqualTo(Outcome.SAME);
  }

  @Test
  void progressBeginsAtNothingAndEndsAtTheTotals() {
    put(TREE);
    assertThat(heard).first().isEqualTo(new TransferProgress("10.0.0.1", PLACE, 0, 14, 0, 3));
    assertThat(heard).last().isEqualTo(new TransferProgress("10.0.0.1", PLACE, 14, 14, 3, 3));
    files.write(PLACE + "/d/a", "content x");
    heard.clear();
    assertThat(put(TREE).message()).isEqualTo("1 files, 9 bytes sent");
    assertThat(heard).allMatch(now -> now.totalBytes() == 9 && now.totalFiles() == 1);
  }

  @Test
  void aTreeThatWasMarkedIsNotEvenListed() {
    put(TREE, TreeChange.Check.QUICK);
    assertThat(callsOf(() -> put(TREE, TreeChange.Check.QUICK))).containsExactly("list");
    files.write(PLACE + "/theirs", "x");
    ChangeResult[] result = {null};
    assertThat(callsOf(() -> result[0] = put(TREE, TreeChange.Check.QUICK)))
        .as("it is marked again")
        .containsExactly("list", "list", "mark");
    assertThat(result[0].outcome()).isEqualTo(Outcome.SAME);
    assertThat(result[0].message())
        .isEqualTo("not of this tree and left as they are: theirs (1 in all)");
    assertThat(callsOf(() -> put(TREE, TreeChange.Check.QUICK))).containsExactly("list");
    assertThat(callsOf(() -> put(TREE))).as("a full check").containsExactly("list", "list");
  }

  /** What a quick check asks the host about a source. */
  private String fingerprint(FileTree tree) {
    access.compare(List.of(new TreeChange(PLACE, tree, TreeChange.Check.QUICK)));
    List<RecordedCommand> all = ssh.transcript();
    String asked = all.get(all.size() - 1).command();
    return asked.substring(asked.lastIndexOf(' '));
  }

  @Test
  void aQuickCheckSeesEveryChangeOfTheSource() throws IOException {
    List<FileTree> trees = new ArrayList<>(List.of(TREE));
    for (TreeFile other :
        List.of(
            TreeFile.text("d/b", 0640, "b"),
            TreeFile.text("d/b", 0600, "x"),
            TreeFile.text("d/b", 0600, "bb"),
            TreeFile.text("d/c", 0600, "b"),
            TreeFile.link("l", "late"),
            TreeFile.directory("e", 0755),
            TreeFile.text("e", 0755, ""))) {
      trees.add(TREE.with(FileTree.of(List.of(other))));
    }
    Path file = Files.writeString(temp.resolve("f"), "x");
    for (long time : new long[] {5_000, 6_000}) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(time));
      trees.add(FileTree.scan(temp, path -> true));
    }
    assertThat(trees.stream().map(this::fingerprint)).doesNotHaveDuplicates();
    trees.add(FileTree.scan(temp, path -> true));
    assertThat(fingerprint(trees.get(trees.size() - 1)))
        .isEqualTo(fingerprint(trees.get(trees.size() - 2)));
  }

  @Test
  void modesThatWereSetAndWhatElseLiesThereAreSaid() {
    put(TREE);
    files.mode(PLACE + "/d/b", 0644).mode(PLACE + "/d/a", 0600).write(PLACE + "/x/y", "theirs");
    for (String name : List.of("z", "y", "d/w")) {
      files.write(PLACE + "/" + name, "theirs");
    }
    assertThat(put(TREE).message())
        .isEqualTo(
            "0 files, 0 bytes sent, 2 modes set; not of this tree and left as they are: d/w x y"
                + " (4 in all)");
    assertThat(files.mode(PLACE + "/d/b")).isEqualTo(0600);
  }

  @Test
  void manyDirectoriesAreThereBeforeAnyFile() {
    List<TreeFile> entries = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      entries.add(TreeFile.directory("d" + i, 0755));
    }
    entries.add(TreeFile.text("f", 0644, "x"));
    assertThat(put(FileTree.of(entries)).message()).isEqualTo("1 files, 1 bytes sent");
    assertThat(calls()).containsExactly("list", "receive", "more", "commit");
    assertThat(files.isDirectory(PLACE + "/d10000")).isTrue();
  }

  @Test
  void aTransferMayTakeLongerTheMoreItSends() {
    List<Duration> limits = new ArrayList<>();
    ssh.whenMatching("*", "hawser-agent receive .*")
        .effect((command, any) -> limits.add(command.timeout()))
        .answer(1, "", "hawser-agent: no\n");
    put(FileTree.of(List.of(TreeFile.text("f", 0644, "x".repeat(500_000)))));
    assertThat(limits).containsExactly(Command.DEFAULT_TIMEOUT.plusSeconds(5));
  }

  @Test
  @DisplayName(
      "D9 a file that does not arrive as it was sent keeps the tree from being put in place")
  void d9WhatDoesNotArriveAsItWasSent() {
    String sha = "00".repeat(32);
    ssh.whenMatching("*", "hawser-agent receive .*")
        .answer(0, "f " + sha + " 0/d/a\nf " + sha + " 0/d/b\nend\n", "");
    ChangeResult result = put(TREE);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message()).isEqualTo("3 files did not arrive as they were sent, late is one");
    assertThat(calls()).doesNotContain("commit");
    assertThat(files.exists(PLACE + "/d")).isFalse();
  }

  @Test
  @DisplayName("I12 digests of what was not sent, or twice, are refused")
  void i12DigestsThatNobodyAskedFor() {
    String line = "f " + "00".repeat(32) + " 0/d/a\n";
    for (String out : List.of(line + line, line.replace("/d/a", "/l"), "x" + line, "f 0/d/a\n")) {
      ssh.whenMatching("*", "hawser-agent receive .*").answers(Answer.exited(0, out + "end\n", ""));
      assertThat(put(TREE).message()).as(out).contains("to receive, which Hawser's own never does");
    }
  }

  @Test
  @DisplayName(
      "D9 what is wrong with a source is said, not what the host made of the broken stream")
  void d9TheSourceIsNamed() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "content");
    FileTree tree = FileTree.of(List.of(TreeFile.file("f", 0644, 9, source)));
    ChangeResult result = put(tree);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message())
        .isEqualTo(
            "the source of f is 2 bytes shorter than the 9 it had; nothing of the tree was put in"
                + " place");
    FileTree gone = FileTree.of(List.of(TreeFile.file("f", 0644, 7, temp.resolve("gone"))));
    files.write(PLACE + "/f", "CONTENT");
    assertThat(put(gone).message())
        .isEqualTo(
            "cannot read the source of f: "
                + temp.resolve("gone")
                + "; nothing of the tree was put in place");
  }

  @Test
  void aLinkThatLeavesTheTreeIsRefusedUnlessThatIsAllowed() {
    FileTree tree = FileTree.of(List.of(TreeFile.link("l", "/etc")));
    assertThatThrownBy(() -> new TreeChange(PLACE, tree))
        .hasMessageContaining("link l points at /etc");
    TreeChange allowed =
        new TreeChange(PLACE, tree, TreeChange.Check.FULL, Set.of(TreeOption.LINKS_LEAVING_TREE));
    assertThat(access.apply("o", List.of(allowed)).get(0).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(files.linkTarget(PLACE + "/l")).isEqualTo("/etc");
    assertThat(allowed.target()).isEqualTo(PLACE);
  }
}
