package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The lock on one host, in every shell of this machine. */
@ParameterizedClass
@MethodSource("shells")
@Timeout(60)
class ClusterLockTest {
  private static final FileChange ONE = FileChange.plain("/etc/one", "1");
  private static final FileChange TWO = FileChange.plain("/etc/two", "2");

  private final TestHost host;
  private final Map<String, String> bare;

  ClusterLockTest(String shell, @TempDir Path temp) throws IOException {
    host = new TestHost(temp, shell);
    host.write("/etc/hosts", "127.0.0.1 localhost\n");
    bare = host.snapshot();
  }

  static List<String> shells() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of("/bin/sh"), LocalShell.otherShells().stream())
        .toList();
  }

  private ClusterLock take() {
    return ClusterLock.take(host.shell, host.access.cluster(), List.of(host.access.host()));
  }

  private HostAccess under(ClusterLock lock) {
    return lock.access(host.access.host());
  }

  @Test
  @DisplayName("F6 the second is refused at once, and told who has the cluster and since when")
  void theSecondIsRefusedAtOnce() throws IOException {
    try (ClusterLock lock = take()) {
      assertThat(TestHost.outcomes(under(lock).apply("test", List.of(ONE))))
          .containsExactly(CHANGED);
      assertThatThrownBy(this::take)
          .isInstanceOfSatisfying(
              ClusterLockedException.class,
              e -> {
                assertThat(e.host()).isEqualTo("127.0.0.11");
                assertThat(e.owner())
                    .contains(System.getProperty("user.name") + "@")
                    .contains("process " + ProcessHandle.current().pid());
                assertThat(e.since()).matches("20..-..-..T..:..:..Z");
                assertThat(e).hasMessageContaining(e.owner()).hasMessageContaining(e.since());
              });
      assertThat(host.access.apply("test", List.of(TWO)).get(0).message())
          .contains("locked by " + System.getProperty("user.name") + "@");
      assertThat(host.path("/etc/two")).doesNotExist();
      under(lock).undo(entry -> true);
    }
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F7 a lock that was given back is free, and leaves nothing when nothing is left")
  void aLockThatWasGivenBackIsFree() throws IOException {
    try (ClusterLock lock = take()) {
      under(lock).apply("test", List.of(ONE));
    }
    try (ClusterLock lock = take()) {
      assertThat(TestHost.outcomes(under(lock).apply("test", List.of(TWO))))
          .containsExactly(CHANGED);
      assertThat(TestHost.outcomes(under(lock).undo(entry -> true))).containsOnly(CHANGED);
    }
    assertThat(host.snapshot()).isEqualTo(bare);
    take().close();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F7 what has the lock of another format is refused with both versions named")
  void aLockOfANewerVersionIsRefused() throws IOException {
    host.write("/var/lib/hawser/c1/lock/g.1000000001", "hawser-lock 2\nx\n");
    Map<String, String> before = host.snapshot();
    try (ClusterLock lock = take()) {
      assertThatThrownBy(() -> under(lock))
          .isInstanceOf(HostStateException.class)
          .hasMessageContaining("version 2")
          .hasMessageContaining("knows version 1");
    }
    assertThat(TestHost.outcomes(host.access.apply("test", List.of(ONE)))).containsExactly(FAILED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  @DisplayName("F6 who only reads takes no lock and leaves no trace")
  void whoOnlyReadsLeavesNoTrace() throws IOException {
    try (ClusterLock lock = take()) {
      Map<String, String> locked = host.snapshot();
      host.access.journal();
      host.access.facts();
      host.access.compare(List.of(ONE));
      host.access.list("/etc", true);
      assertThat(host.snapshot().keySet()).isEqualTo(locked.keySet());
    }
    assertThat(Files.exists(host.path("/var/lib"))).isFalse();
  }
}
