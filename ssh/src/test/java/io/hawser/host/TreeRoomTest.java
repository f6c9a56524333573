package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much must be free on a host before a tree is sent there. */
class TreeRoomTest {
  private static final long MANY = 1 << 30;
  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.text("a", 0644, "x".repeat(4096)),
              TreeFile.text("b", 0644, "x".repeat(4097)),
              TreeFile.text("empty", 0644, ""),
              TreeFile.directory("d", 0755),
              TreeFile.link("l", "a")));

  /** Three blocks, and a 20th more. */
  private static final long BYTES = 3 * 4096 + 3 * 4096 / 20;

  @TempDir private Path temp;
  private MockSsh ssh;

  @BeforeEach
  void makeHost() {
    ssh = MockSsh.create();
  }

  private ChangeResult put(FileTree tree) {
    Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
    Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
    return HostAccess.to(ssh, cluster, host)
        .apply("o", List.of(new TreeChange("/srv", tree)))
        .get(0);
  }

  private void assertRefused(FileTree tree, String why) {
    ChangeResult result = put(tree);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.problem()).isEqualTo(WriteProblem.NO_SPACE);
    assertThat(result.message())
        .isEqualTo(
            "10.0.0.1: no space left for /srv: "
                + why
                + ", 5 % more than needed must be; nothing was sent. Make room there and run it"
                + " again");
    assertThat(ssh.transcript())
        .extracting(RecordedCommand::command)
        .noneMatch(command -> command.startsWith("hawser-agent receive"));
  }

  @Test
  @DisplayName("D1 whole blocks, and a twentieth more, must be free before anything is sent")
  void d1BytesThatAreFree() {
    ssh.freeSpace("10.0.0.1", BYTES - 1, MANY);
    assertRefused(TREE, "12288 bytes are to be written and 12901 bytes are free");
    ssh.freeSpace("10.0.0.1", BYTES, MANY);
    assertThat(put(TREE).outcome()).isEqualTo(Outcome.CHANGED);
    ssh.freeSpace("10.0.0.1", 0, MANY);
    FileTree rest = TREE.with(FileTree.of(List.of(TreeFile.directory("e", 0755))));
    assertThat(put(rest).outcome()).as("no bytes are needed").isEqualTo(Outcome.CHANGED);
  }

  @Test
  @DisplayName("D2 every entry needs an inode")
  void d2InodesThatAreFree() {
    List<TreeFile> entries = new ArrayList<>();
    for (int i = 10; i < 50; i++) {
      entries.add(i % 2 == 0 ? TreeFile.directory("d" + i, 0755) : TreeFile.link("l" + i, "d10"));
    }
    ssh.freeSpace("10.0.0.1", MANY, 41);
    assertRefused(FileTree.of(entries), "40 inodes are to be made and 41 inodes are free");
    ssh.freeSpace("10.0.0.1", MANY, 42);
    assertThat(put(FileTree.of(entries)).outcome()).isEqualTo(Outcome.CHANGED);
    ssh.freeSpace("10.0.0.1", 0, 0);
    assertThat(put(FileTree.of(entries)).outcome()).as("nothing is needed").isEqualTo(Outcome.SAME);
  }

  @Test
  @DisplayName("D1 what a broken transfer left is not needed again")
  void d1WhatIsThereAlreadyIsNotNeeded() {
    String staging = "/srv/.hawser-stage-c1/0/";
    ssh.files("10.0.0.1")
        .write(staging + "a", "x".repeat(4096))
        .write(staging + "b", "x".repeat(4097));
    ssh.freeSpace("10.0.0.1", 0, 3);
    assertThat(put(TREE).outcome()).isEqualTo(Outcome.CHANGED);
  }

  @Test
  @DisplayName("D1 what is free is asked again when a staging that was no good is gone")
  void d1WhatAStagingTookIsFreeAgain() {
    ssh.files("10.0.0.1").write("/srv/.hawser-stage-c1/0/foreign", "x");
    ssh.freeSpace("10.0.0.1", 0, MANY);
    ssh.whenMatching("*", "hawser-agent abandon .*")
        .answer(0, "end\n", "")
        .effect(
            (command, files) -> {
              files.remove("/srv/.hawser-stage-c1");
              ssh.freeSpace("10.0.0.1", BYTES, MANY);
            });
    assertThat(put(TREE).outcome()).isEqualTo(Outcome.CHANGED);
  }

  @Test
  @DisplayName("D1 a staging that had to go does not let a tree pass that has no room without it")
  void d1WhatIsStillTooLittle() {
    ssh.files("10.0.0.1").write("/srv/.hawser-stage-c1/0/foreign", "x");
    ssh.freeSpace("10.0.0.1", 0, MANY);
    ssh.whenMatching("*", "hawser-agent abandon .*")
        .answer(0, "end\n", "")
        .effect((command, files) -> ssh.freeSpace("10.0.0.1", BYTES - 1, MANY));
    assertRefused(TREE, "12288 bytes are to be written and 12901 bytes are free");
  }

  @Test
  @DisplayName("D1 the pieces of a long file that are there already need no room")
  void d1PiecesThatAreThere() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    Files.write(source.resolve("f"), new byte[LargeFile.PIECE + 9]);
    ssh.files("10.0.0.1").write("/srv/.hawser-stage-c1/0/f", new byte[LargeFile.PIECE]);
    ssh.freeSpace("10.0.0.1", 4096 + 4096 / 20, MANY);
    FileTree tree = FileTree.scan(source, path -> true);
    assertThat(put(tree).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(ssh.transcript())
        .extracting(RecordedCommand::command)
        .filteredOn(command -> command.startsWith("hawser-agent list"))
        .as("nothing had to be asked again")
        .hasSize(2);
  }

  @Test
  @DisplayName("D1 holes of a long file need no room")
  void d1HolesNeedNoRoom() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    long size = LargeFile.PIECE + (1 << 20) + 9;
    try (RandomAccessFile file = new RandomAccessFile(source.resolve("f").toFile(), "rw")) {
      file.setLength(size);
      file.seek(LargeFile.PIECE);
      file.write(1);
    }
    FileTree tree = FileTree.scan(source, path -> true);
    ssh.freeSpace("10.0.0.1", 1 << 20, MANY);
    ChangeResult refused = put(tree);
    // The block that holds something, the last one, and a line before them.
    assertThat(refused.message()).contains(": " + ((1 << 20) + 4096) + " bytes are to be written");
    ssh.freeSpace("10.0.0.1", 2 << 20, MANY);
    assertThat(put(tree).outcome()).isEqualTo(Outcome.CHANGED);
  }
}
