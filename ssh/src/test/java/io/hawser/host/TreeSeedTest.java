package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a tree that lie on the host already are taken from there. */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class TreeSeedTest {
  private static final String TARGET = "/var/lib/tree";
  private static final String SEED = "/var/tmp/seed";
  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.text("bin/run me", 0755, "#!/bin/sh\n"),
              TreeFile.text("etc/conf", 0600, "x=1\n"),
              TreeFile.link("alias", "bin"),
              TreeFile.text("tags/latest", 0644, "tag").withRank(3)));

  private final TestHost host;
  private final Path temp;
  private final Map<String, String> bare;

  TreeSeedTest(String shell, @TempDir Path temp) throws IOException {
    this.temp = temp;
    host = new TestHost(temp, shell);
    Files.createDirectories(host.path("/var/tmp"));
    bare = host.snapshot();
  }

  private ChangeResult put(FileTree tree) {
    TreeChange change = new TreeChange(TARGET, tree).seededFrom(SEED);
    return host.access.apply("test", List.of(change)).get(0);
  }

  /** What was sent in archives and pieces, as the names and bytes in it. */
  private String sent() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Command command : host.shell.commands) {
      String verb = command.words().isEmpty() ? "" : command.words().get(0);
      if (List.of("receive", "more", "append").contains(verb)) {
        command.input().orElseThrow().writeTo(all);
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private void assertThere() throws IOException {
    assertThat(host.read(TARGET + "/bin/run me")).isEqualTo("#!/bin/sh\n");
    assertThat(host.read(TARGET + "/etc/conf")).isEqualTo("x=1\n");
    assertThat(host.read(TARGET + "/tags/latest")).isEqualTo("tag");
    assertThat(Snapshot.of(host.path(TARGET)).get("bin/run me")).contains(Snapshot.mode(0755));
    assertThat(Snapshot.of(host.path(TARGET)).get("etc/conf")).contains(Snapshot.mode(0600));
  }

  @Test
  void whatLiesInTheSeedIsNotSentAndTheSeedStaysAsItIs() throws IOException {
    host.write(SEED + "/bin/run me", "#!/bin/sh\n");
    host.write(SEED + "/etc/conf", "x=1\n");
    host.write(SEED + "/tags/latest", "tag");
    host.write(SEED + "/other", "not of the tree");
    Map<String, String> seed = Snapshot.of(host.path(SEED));

    ChangeResult result = put(TREE);

    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertThat(result.message()).isEqualTo("0 files, 0 bytes sent; 3 files taken from " + SEED);
    assertThere();
    assertThat(sent()).doesNotContain("run me").doesNotContain("x=1");
    assertThat(Snapshot.of(host.path(SEED))).isEqualTo(seed);
    assertThat(put(TREE).outcome()).isEqualTo(SAME);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(Snapshot.of(host.path(SEED))).isEqualTo(seed);
  }

  @Test
  @DisplayName("D4 what is wrong, cut, a link or missing in the seed comes from the controller")
  void whatIsWrongInTheSeedIsSent() throws IOException {
    host.write(SEED + "/bin/run me", "#!/bin/xx\n"); // as long, but wrong
    host.write(SEED + "/etc/conf", "x=");
    host.write("/var/tmp/elsewhere/latest", "tag");
    Files.createSymbolicLink(host.path(SEED + "/tags"), Path.of("../elsewhere"));

    ChangeResult result = put(TREE);

    assertThat(result.message()).isEqualTo("3 files, 17 bytes sent");
    assertThere();
    assertThat(host.read(SEED + "/bin/run me")).isEqualTo("#!/bin/xx\n");
  }

  @Test
  void aSeedThatDoesNotExistHoldsNothing() throws IOException {
    assertThat(put(TREE).message()).isEqualTo("3 files, 17 bytes sent");
    assertThere();
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aLongFileIsTakenTooAndAWrongOneDoesNotSpoilTheSeed() throws IOException {
    long size = LargeFile.PIECE + 5;
    Path source = Files.createDirectories(temp.resolve("source"));
    for (String name : List.of("right", "wrong")) {
      try (RandomAccessFile file = new RandomAccessFile(source.resolve(name).toFile(), "rw")) {
        file.setLength(size);
        file.seek(size - 1);
        file.write(7);
      }
    }
    Files.createDirectories(host.path(SEED));
    Files.copy(source.resolve("right"), host.path(SEED + "/right"));
    try (RandomAccessFile file = new RandomAccessFile(host.path(SEED + "/wrong").toFile(), "rw")) {
      file.setLength(size);
    }
    ChangeResult result = put(FileTree.scan(source, path -> true));
    assertThat(result.message())
        .isEqualTo("1 files, " + size + " bytes sent; 1 files taken from " + SEED);
    assertThat(Files.mismatch(host.path(TARGET + "/wrong"), source.resolve("wrong"))).isNegative();
    assertThat(Files.mismatch(host.path(TARGET + "/right"), source.resolve("right"))).isNegative();
    assertThat(Files.mismatch(host.path(SEED + "/wrong"), source.resolve("wrong")))
        .isEqualTo(size - 1);
  }

  @Test
  void theToolsOfBusyboxDoItToo() throws IOException {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/busybox"))).isTrue();
    host.withBusybox();
    whatIsWrongInTheSeedIsSent();
    assertThat(host.undo()).containsOnly(CHANGED);
    host.write(SEED + "/bin/run me", "#!/bin/sh\n");
    assertThat(put(TREE).message()).isEqualTo("2 files, 7 bytes sent; 1 files taken from " + SEED);
    assertThere();
  }

  @Test
  @DisplayName("D8 wrong content in the source is refused, whatever lies in the seed")
  void wrongContentInTheSourceIsRefused() throws IOException {
    String digest = TreeFile.text("x", 0644, "right").sha256();
    String path = "blobs/sha256/" + digest.substring(0, 2) + "/" + digest + "/data";
    Path source = temp.resolve("source");
    Files.createDirectories(source.resolve(path).getParent());
    Files.writeString(source.resolve(path), "wrong");
    host.write(SEED + "/" + path, "wrong");
    ChangeResult result = put(FileTree.scan(source, file -> true));
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.message()).contains("instead of " + digest);
    assertThat(host.path(TARGET + "/" + path)).doesNotExist();
  }

  @Test
  void aSeedMustBeAPlainPathOutsideOfTheTree() {
    TreeChange change = new TreeChange("/srv/tree", TREE);
    for (String wrong :
        List.of("seed", "/srv/../seed", "/srv/./x", "/srv/tree", "/srv/tree/below", "/srv/tree/")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> change.seededFrom(wrong))
          .withMessageContaining("\"" + wrong + "\" cannot be the seed of the tree /srv/tree");
    }
    assertThat(change.seededFrom("/srv/tree-seed").seed()).isEqualTo("/srv/tree-seed");
  }

  @Test
  void aScriptThatFillsTheSeedIsAllItTakes() throws IOException {
    Script fill = Script.of("fill", "cd \"$1\" && mkdir -p etc && printf 'x=1\\n' >etc/conf");
    Files.createDirectories(host.path(SEED));
    host.access.run(Command.script(fill, host.path(SEED).toString()));
    assertThat(put(TREE).message()).isEqualTo("2 files, 13 bytes sent; 1 files taken from " + SEED);
    assertThere();
  }
}
