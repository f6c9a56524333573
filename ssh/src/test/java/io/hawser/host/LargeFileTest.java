package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent in pieces. */
class LargeFileTest {
  private static final String TARGET = "/var/lib/tree";
  private static final int PIECE = LargeFile.PIECE;

  @TempDir private Path temp;
  private TestHost host;
  private Path source;
  private final List<TransferProgress> heard = new ArrayList<>();

  @BeforeEach
  void makeSource() throws IOException {
    host = new TestHost(temp, "/bin/sh");
    source = Files.createDirectories(temp.resolve("source/dir"));
    byte[] some = new byte[3 << 20];
    new Random(1).nextBytes(some);
    try (RandomAccessFile file = new RandomAccessFile(source.resolve("large").toFile(), "rw")) {
      file.write(some);
      file.seek(2L * PIECE + 5);
      file.write(some);
      file.seek(3L * PIECE + 1);
      file.write(7);
    }
    Files.write(source.resolve("small"), some);
  }

  private ChangeResult put() throws IOException {
    FileTree tree = FileTree.scan(source.getParent(), path -> true);
    return host.access
        .withListener(heard::add)
        .apply("test", List.of(new TreeChange(TARGET, tree)))
        .get(0);
  }

  @Test
  @DisplayName("D17 D19 a long file with holes arrives whole")
  void d17D19ALongFileWithHolesArrivesWhole() throws IOException {
    ChangeResult result = put();
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    Path arrived = host.path(TARGET + "/dir/large");
    assertThat(Files.mismatch(arrived, source.resolve("large"))).isEqualTo(-1);
    long blocks = Long.parseLong(stat("%b", arrived)) * Long.parseLong(stat("%B", arrived));
    assertThat(blocks).as("bytes on disk").isLessThan(2L * PIECE + (1 << 20));
    assertThat(put().outcome()).isEqualTo(SAME);
  }

  private static String stat(String format, Path file) throws IOException {
    Process process = new ProcessBuilder("stat", "-c", format, file.toString()).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  @Test
  @DisplayName("F1 what was verified of a long file is not sent again")
  void f1WhatWasVerifiedOfALongFileIsNotSentAgain() throws IOException {
    host.shell.editScripts(
        text -> text.replace("echo \"$end\"", "[ $end -lt " + 3L * PIECE + " ] || kill -9 $$"));
    assertThat(put().outcome()).isEqualTo(FAILED);
    assertThat(host.path(TARGET + "/dir")).doesNotExist();
    host.shell.editScripts(text -> text);
    heard.clear();
    host.shell.commands.clear();
    ChangeResult result = put();
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertThat(host.shell.commands)
        .filteredOn(command -> command.words().get(0).equals("append"))
        .singleElement()
        .satisfies(append -> assertThat(append.words().get(7)).isEqualTo("" + 3L * PIECE));
    Path arrived = host.path(TARGET + "/dir/large");
    assertThat(Files.mismatch(arrived, source.resolve("large"))).isEqualTo(-1);
    assertThat(host.undo()).containsOnly(CHANGED);
  }

  @Test
  void progressNeverGoesBackAndEndsAtTheTotals() throws IOException {
    put();
    long total = Files.size(source.resolve("large")) + Files.size(source.resolve("small"));
    assertThat(heard).first().extracting("bytes", "files").containsExactly(0L, 0L);
    assertThat(heard).allMatch(now -> now.totalBytes() == total && now.totalFiles() == 2);
    assertThat(heard).last().extracting("bytes", "files").containsExactly(total, 2L);
    for (int i = 1; i < heard.size(); i++) {
      assertThat(heard.get(i).bytes()).isGreaterThanOrEqualTo(heard.get(i - 1).bytes());
      assertThat(heard.get(i).files()).isGreaterThanOrEqualTo(heard.get(i - 1).files());
    }
  }
}
