package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output of any size in a heap of 64 MiB, on a real server. */
@Timeout(180)
class SshMemoryTest {
  @TempDir Path temp;

  @Test
  @DisplayName("C2 100 MB on each stream and a line of 100 MB pass through 64 MiB of heap")
  void muchOutputPassesThroughASmallHeap() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "openssh-server is missing");
    try (OpenSshServer server = new OpenSshServer(temp)) {
      String key = server.host().ssh().keyData().orElseThrow().reveal();
      Process jvm =
          SmallHeapJvm.start(
              server.host().ssh().port(), server.secret("id", key), temp.resolve("known"));
      String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(jvm.waitFor()).isZero();
      assertThat(said).isEqualTo("0 100000000 100000000 true\n0 100000000 0 true\n");
    }
  }
}
