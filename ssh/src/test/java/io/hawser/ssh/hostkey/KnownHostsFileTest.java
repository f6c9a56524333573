package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsFileTest {
  @TempDir Path temp;

  @Test
  @DisplayName("N15 fifty hosts learned at once by many threads are fifty lines, mode 0600")
  void hostsLearnedAtOnceAreAllKept() throws Exception {
    Path file = temp.resolve("a/b/known_hosts");
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<KnownKeys.Verdict>> verdicts = new ArrayList<>();
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 50; i++) {
          String name = "10.0.0." + i;
          PublicKeyBlob key = TestKeys.ed25519(i);
          verdicts.add(pool.submit(() -> new KnownHostsFile(file).learn(List.of(file), name, key)));
        }
      }
      for (Future<KnownKeys.Verdict> verdict : verdicts) {
        assertThat(verdict.get()).isEqualTo(KnownKeys.Verdict.KNOWN);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(Files.readAllLines(file)).hasSize(50).doesNotHaveDuplicates();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(Files.getPosixFilePermissions(temp.resolve("a/b"))).hasSize(3);
  }

  @Test
  @DisplayName("N15 of two different keys learned at once for one host the second is refused")
  void theSecondOfTwoDifferentKeysIsRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("known_hosts"), "# no line end");
    KnownHostsFile known = new KnownHostsFile(file);
    String name = "[10.0.0.1]:2222";
    assertThat(known.learn(List.of(file), name, TestKeys.ed25519(1)))
        .isEqualTo(KnownKeys.Verdict.KNOWN);
    assertThat(known.learn(List.of(file), name, TestKeys.ed25519(2)))
        .isEqualTo(KnownKeys.Verdict.CHANGED);
    assertThat(Files.readAllLines(file))
        .containsExactly("# no line end", name + " " + TestKeys.line(1));
  }

  @Test
  @DisplayName("N15 hosts learned at once by several JVMs are all kept, each with its own line")
  @Timeout(120)
  void hostsLearnedByManyProcessesAreAllKept() throws Exception {
    Path file = temp.resolve("known_hosts");
    Path go = temp.resolve("go");
    List<Process> jvms = new ArrayList<>();
    try {
      for (String prefix : List.of("a", "b", "c")) {
        jvms.add(jvm(file, go, prefix, 100));
      }
      for (int i = 0; i < 3000 && temp.toFile().list().length < jvms.size(); i++) {
        Thread.sleep(10);
      }
      Files.createFile(go);
      for (Process jvm : jvms) {
        assertThat(jvm.waitFor()).isZero();
      }
    } finally {
      jvms.forEach(Process::destroyForcibly);
    }
    assertThat(Files.readAllLines(file))
        .hasSize(300)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("[abc]\\d+ ssh-ed25519 \\S{68}"));
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  @DisplayName("N15 a link is followed, and what it leads to is private afterwards")
  void aLinkIsFollowed() throws Exception {
    Path real = Files.writeString(temp.resolve("real"), "# mine\n");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    assertThat(learn(link, "10.0.0.1", 1)).isEqualTo(KnownKeys.Verdict.KNOWN);
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(real)).containsExactly("# mine", "10.0.0.1 " + TestKeys.line(1));
    assertThat(Files.getPosixFilePermissions(real)).hasSize(2);

    Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("later"));
    assertThat(learn(dangling, "10.0.0.1", 1)).isEqualTo(KnownKeys.Verdict.KNOWN);
    assertThat(temp.resolve("later")).hasContent("10.0.0.1 " + TestKeys.line(1) + "\n");
  }

  @Test
  @DisplayName("N15 a known or revoked key is not written")
  void aKnownOrRevokedKeyIsNotWritten() throws Exception {
    String lines = "10.0.0.1 " + TestKeys.line(1) + "\n@revoked * " + TestKeys.line(2) + "\n";
    Path file = Files.writeString(temp.resolve("known_hosts"), lines);
    assertThat(learn(file, "10.0.0.1", 1)).isEqualTo(KnownKeys.Verdict.KNOWN);
    assertThat(learn(file, "10.0.0.2", 2)).isEqualTo(KnownKeys.Verdict.REVOKED);
    assertThat(file).hasContent(lines);
  }

  @Test
  @DisplayName("N15 a file that cannot be written is named")
  void aFileThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> learn(file.resolve("known_hosts"), "10.0.0.1", 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write ")
        .hasMessageContaining(file.toString());
  }

  @Test
  @DisplayName("N15 a folder that must not be written to is named")
  void aFolderThatMustNotBeWrittenToIsNamed() throws Exception {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    assumeFalse(Files.isWritable(closed), "permissions do not bind root");
    assertThatThrownBy(() -> learn(closed.resolve("known_hosts"), "10.0.0.1", 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no permission to write " + closed);
  }

  @Test
  @DisplayName("N15 whoever keeps the lock is waited for, but not for ever")
  void aLockIsWaitedForButNotForEver() throws Exception {
    Path file = temp.resolve("known_hosts");
    KnownHostsFile impatient = new KnownHostsFile(file, Duration.ofMillis(50));
    try (FileChannel held =
            FileChannel.open(
                temp.resolve("known_hosts.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = held.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> impatient.learn(List.of(file), "10.0.0.1", TestKeys.ed25519(1)))
          .hasMessageContaining(file + " stays locked");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> learn(file, "10.0.0.1", 1)).hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).doesNotExist();
    assertThat(learn(file, "10.0.0.1", 1)).isEqualTo(KnownKeys.Verdict.KNOWN);
  }

  private static KnownKeys.Verdict learn(Path file, String name, int key) throws IOException {
    return new KnownHostsFile(file).learn(List.of(file), name, TestKeys.ed25519(key));
  }

  private static Process jvm(Path file, Path go, String prefix, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LearningJvm.class.getName(),
            file.toString(),
            go.toString(),
            prefix,
            String.valueOf(count))
        .inheritIO()
        .start();
  }
}
