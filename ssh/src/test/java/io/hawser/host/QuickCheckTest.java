package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees that are compared by times of change. In /bin/sh; in the long tests in all shells. */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class QuickCheckTest {
  private final TestHost host;
  private final Path source;

  QuickCheckTest(String shell, @TempDir Path temp) {
    host = new TestHost(temp, shell);
    source = temp.resolve("source");
  }

  @Test
  void aTreeThatNobodyTouchedIsSeenInOneCallAndAnyTouchIsSeen() throws Exception {
    Path sub = Files.createDirectories(source.resolve("sub"));
    Files.writeString(sub.resolve("f"), "content");
    Files.writeString(sub.resolve("g"), "other");
    assertThat(quick().outcome()).isEqualTo(CHANGED);
    host.shell.commands.clear();
    assertThat(quick().outcome()).isEqualTo(SAME);
    assertThat(host.shell.commands).hasSize(1);
    Path file = host.path(TreeTransferTest.TARGET + "/sub/f");
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "CONTENT");
    Files.setLastModifiedTime(file, time);
    assertThat(quick().message()).startsWith("1 files, 7 bytes sent");
    Files.delete(host.path(TreeTransferTest.TARGET + "/sub/g"));
    assertThat(quick().message()).startsWith("1 files, 5 bytes sent");
    Files.setPosixFilePermissions(file, Set.of());
    assertThat(quick().message()).contains("1 modes set");
    host.write(TreeTransferTest.TARGET + "/sub/theirs", "x");
    assertThat(quick().outcome()).isEqualTo(SAME);
    host.shell.commands.clear();
    assertThat(quick().outcome()).isEqualTo(SAME);
    assertThat(host.shell.commands).hasSize(1);
    Files.writeString(sub.resolve("g"), "OTHER");
    assertThat(quick().message()).startsWith("1 files, 5 bytes sent");
    assertThat(host.path(TreeTransferTest.TARGET + "/sub/theirs")).exists();
  }

  private ChangeResult quick() throws IOException {
    FileTree tree = FileTree.scan(source, path -> true);
    TreeChange change = new TreeChange(TreeTransferTest.TARGET, tree, TreeChange.Check.QUICK);
    return host.access.apply("test", List.of(change)).get(0);
  }

  @Test
  @DisplayName("D21 what others added is named whenever the directory is listed, and stays")
  void d21WhatOthersAddedIsNamedWheneverTheDirectoryIsListed() throws IOException {
    String place = TreeTransferTest.TARGET;
    Path sub = Files.createDirectories(source.resolve("sub"));
    Files.writeString(sub.resolve("f"), "content");
    host.write(place + "/before", "theirs");
    assertThat(quick().message()).endsWith("; " + named("before", 1));
    assertThat(quick().message()).as("nothing is listed").isEmpty();

    for (String mine : List.of("sub/mine", "sub/two lines\u001b", "new/one", "new/two", "z")) {
      host.write(place + "/" + mine, "mine");
    }
    assertThat(quick()).extracting(ChangeResult::outcome).isEqualTo(SAME);
    assertThat(quick().message()).as("it was said once").isEmpty();
    FileTree tree = FileTree.scan(source, path -> true);
    ChangeResult full = host.access.apply("test", List.of(new TreeChange(place, tree))).get(0);
    assertThat(full.outcome()).isEqualTo(SAME);
    assertThat(full.message()).isEqualTo(named("before new sub/mine", 5));
    Files.writeString(sub.resolve("f"), "CONTENT");
    assertThat(quick().message()).endsWith("; " + named("before new sub/mine", 5));
    assertThat(host.read(place + "/sub/mine")).isEqualTo("mine");
    assertThat(host.read(place + "/new/two")).isEqualTo("mine");
  }

  private static String named(String names, int count) {
    return "not of this tree and left as they are: " + names + " (" + count + " in all)";
  }
}
