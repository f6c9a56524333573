package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page on sudo shows is what sudo takes; {@code SudoIT} has users log in with such lines.
 */
class SudoPageTest {
  private static final DocsPage PAGE = DocsPage.read("docs/sudo.md");

  @TempDir private Path directory;

  @Test
  void everyLineIsOneOfSudoers() throws Exception {
    assumeTrue(isThere("visudo"), "no visudo here: the lines of sudoers are not judged");
    List<String> blocks = PAGE.blocks("sudoers", SudoPageTest.class);
    assertThat(blocks).hasSize(4);
    for (String lines : blocks) {
      Path file = Files.writeString(directory.resolve("sudoers"), lines);
      assertThat(run("visudo -c -f '" + file + "'")).as(lines).contains("parsed OK");
    }
  }

  /** The host is this one, so only root may ask without a password. */
  @Test
  void theCommandsAskSudoAsHawserDoes() throws Exception {
    boolean isRoot = run("id -u").equals("0\n") && isThere("sudo");
    assumeTrue(isRoot, "not root, or no sudo here: the commands are not tried");
    Path ssh = Files.writeString(directory.resolve("ssh"), "#!/bin/sh\nexec sh -c \"$2\"\n");
    Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
    for (String command : PAGE.block("sh", SudoPageTest.class, 0).lines().toList()) {
      assertThat(run(command)).as(command).endsWith("0\n");
    }
  }

  private boolean isThere(String program) throws Exception {
    return !run("command -v " + program + " || true").isBlank();
  }

  private String run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    String path = directory + ":" + builder.environment().get("PATH") + ":/usr/sbin";
    builder.environment().put("PATH", path);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    return said;
  }
}
