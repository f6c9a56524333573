package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host on which the agent can make no file for its own use. */
final class FullTemporaryDirectoryTest {
  /** Makes every write to a file fail, as on a full disk, and to pipes none. */
  private static final String FULL = "trap '' XFSZ; ulimit -f 0; exec /bin/sh \"$@\"";

  @Test
  @DisplayName("D1 digests that cannot be collected are told with the directory that they are of")
  void theDirectoryIsNamed(@TempDir Path directory) throws Exception {
    Path tree = Files.createDirectories(directory.resolve("root/srv/tree"));
    Files.writeString(tree.resolve("file"), "content");
    Path agent = directory.resolve("agent.sh");
    Files.writeString(agent, AgentScript.of("list").text());
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                FULL,
                "sh",
                agent.toString(),
                "list",
                directory.resolve("root").toString(),
                "/var/lib/hawser/c1",
                "/srv/tree",
                "digests",
                "0")
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String errors = process.errorReader().lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(errors).isEqualTo(1);
    assertThat(errors).contains("cannot write in ", "for digests of what is in " + tree);
  }
}
