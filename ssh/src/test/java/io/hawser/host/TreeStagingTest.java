package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.mock.MemoryFiles;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what an earlier, broken transfer left on a host in memory. */
class TreeStagingTest {
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
    return access.apply("o", List.of(new TreeChange(PLACE, tree))).get(0);
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
  @DisplayName("F1 what a broken transfer left, whole and right, is not sent again")
  void f1WhatABrokenTransferLeftIsNotSentAgain() {
    ssh.whenMatching("*", "hawser-agent commit .*").answer(1, "", "hawser-agent: no\n");
    assertThat(put(TREE).message()).isEqualTo("10.0.0.1: no");
    assertThat(files.exists(STAGING)).isTrue();
    MockSsh later = MockSsh.create();
    HostAccess again = HostAccess.to(later, cluster, host).withListener(heard::add);
    MemoryFiles there = later.files("10.0.0.1");
    files.paths(STAGING).forEach(path -> copy(path, there));
    there.remove(STAGING + "/0/l");
    there.write(STAGING + "/0/d/b", "x").mode(STAGING + "/0/d/b", 0600); // as long, but wrong
    heard.clear();
    ChangeResult result = again.apply("o", List.of(new TreeChange(PLACE, TREE))).get(0);
    assertThat(result.message())
        .isEqualTo("1 files, 1 bytes sent, 2 files taken up from a broken transfer");
    assertThat(there.text(PLACE + "/d/b")).isEqualTo("b");
    assertThat(there.text(PLACE + "/late")).isEqualTo("late");
    assertThat(heard).last().isEqualTo(new TransferProgress("10.0.0.1", PLACE, 14, 14, 3, 3));
  }

  private void copy(String path, MemoryFiles there) {
    if (files.linkTarget(path).isEmpty()) {
      there.write(path, files.text(path)).mode(path, files.mode(path));
    } else {
      there.link(path, files.linkTarget(path));
    }
  }

  @Test
  void aStagingWithAnythingElseIsThrownAway() {
    List<String> foreign =
        List.of(
            "0/theirs",
            "0/d/theirs",
            "1/d/a",
            "0/d/a/b",
            "0/l/x",
            "x",
            "00/d/a",
            "3/late/x",
            "0/late");
    for (String path : foreign) {
      files.remove(PLACE).write(STAGING + "/" + path, "x");
      List<String> calls =
          callsOf(() -> assertThat(put(TREE).outcome()).as(path).isEqualTo(Outcome.CHANGED));
      assertThat(calls).as(path).contains("abandon");
      assertThat(files.paths(PLACE)).as(path).hasSize(4);
    }
  }

  @Test
  void whatIsOnlyCutInAStagingIsSentAnewAndNothingIsThrownAway() {
    for (String path : List.of("0/d/a", "3/late")) {
      files.remove(PLACE).write(STAGING + "/" + path, "x").makeDirectory(STAGING + "/9");
      List<String> calls =
          callsOf(() -> assertThat(put(TREE).outcome()).as(path).isEqualTo(Outcome.CHANGED));
      assertThat(calls).as(path).doesNotContain("abandon");
      assertThat(files.text(PLACE + "/d/a")).isEqualTo("content a");
    }
  }

  @Test
  void whatLiesInADirectoryThatIsThereAlreadyIsTakenUp() {
    files
        .makeDirectory(PLACE + "/d")
        .write(STAGING + "/0/d/a", "content a")
        .mode(STAGING + "/0/d/a", 0644);
    ChangeResult result = put(TREE);
    assertThat(result.message())
        .isEqualTo("2 files, 5 bytes sent, 1 files taken up from a broken transfer");
    assertThat(calls()).doesNotContain("abandon");
  }

  @Test
  void aStagingBesideATreeThatIsWholeIsThrownAway() {
    put(TREE);
    files.write(STAGING + "/0/d/a", "x");
    assertThat(callsOf(() -> assertThat(put(TREE).outcome()).isEqualTo(Outcome.SAME)))
        .contains("abandon");
    assertThat(files.exists(STAGING)).isFalse();
    files
        .write(PLACE + "/late", "ETAL")
        .write(STAGING + "/0/d/a", "content a")
        .mode(STAGING + "/0/d/a", 0644);
    assertThat(callsOf(() -> put(TREE)))
        .as("it holds what is there already, and would replace it")
        .contains("abandon");
    assertThat(files.text(PLACE + "/late")).isEqualTo("late");
  }

  @Test
  @DisplayName("F1 a long file goes by itself, and is taken up where its pieces are right")
  void f1ALongFileIsTakenUp() throws IOException {
    long size = LargeFile.PIECE + 5;
    Path source = Files.createDirectories(temp.resolve("source"));
    try (RandomAccessFile file = new RandomAccessFile(source.resolve("long").toFile(), "rw")) {
      file.setLength(size);
      file.seek(size - 1);
      file.write(7);
    }
    Files.writeString(source.resolve("short"), "x");
    FileTree tree = FileTree.scan(source, path -> true);
    ssh.whenMatching("*", "hawser-agent append .*").answer(1, "", "hawser-agent: no\n");
    assertThat(put(tree).message()).isEqualTo("10.0.0.1: no");
    assertThat(calls()).contains("append").doesNotContain("commit");

    MockSsh later = MockSsh.create();
    later.files("10.0.0.1").write(STAGING + "/0/long", new byte[LargeFile.PIECE]);
    heard.clear();
    ChangeResult result =
        HostAccess.to(later, cluster, host)
            .withListener(heard::add)
            .apply("o", List.of(new TreeChange(PLACE, tree)))
            .get(0);
    assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.CHANGED);
    assertThat(later.transcript())
        .extracting(RecordedCommand::command)
        .filteredOn(command -> command.contains(" append "))
        .singleElement()
        .asString()
        .endsWith(" 0/long 0644 " + LargeFile.PIECE + " " + size);
    assertThat(later.files("10.0.0.1").bytes(PLACE + "/long"))
        .isEqualTo(Files.readAllBytes(source.resolve("long")));
    assertThat(heard).last().extracting(TransferProgress::bytes).isEqualTo(size + 1);

    MockSsh wrong = MockSsh.create();
    wrong
        .whenMatching("*", "hawser-agent append .*")
        .answer(0, "f " + "00".repeat(32) + " 0/long\nend\n", "");
    assertThat(
            HostAccess.to(wrong, cluster, host)
                .apply("o", List.of(new TreeChange(PLACE, tree)))
                .get(0)
                .message())
        .isEqualTo("1 files did not arrive as they were sent, long is one");

    for (String lines : List.of("x y\n", "p a\np b\np c\n")) {
      MockSsh hostile = MockSsh.create();
      hostile.files("10.0.0.1").write(STAGING + "/0/long", new byte[LargeFile.PIECE]);
      hostile.whenMatching("*", "hawser-agent pieces .*").answer(0, lines + "end\n", "");
      assertThat(
              HostAccess.to(hostile, cluster, host)
                  .apply("o", List.of(new TreeChange(PLACE, tree)))
                  .get(0)
                  .message())
          .contains("to pieces, which Hawser's own never does");
    }
  }
}
