package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          verdicts.add(
              pool.submit(
                  () -> new KnownHostsFile(file).learn(List.of(file), name, key)));
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
