package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hawser.examples.docs.DocsPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of the installer that pages show are commands of the installer. */
class InstallerCommandsTest {
  private static final String PROGRAM = "./examples/hawser ";

  @TempDir Path directory;

  @Test
  void everyCommandThatAPageShowsIsUnderstood() throws IOException {
    MockedInstaller installer = new MockedInstaller(directory);
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(10);
    for (String command : commands) {
      CommandLine line = HawserCommand.commandLine(installer.surroundings());
      assertThatCode(() -> line.parseArgs(command.split(" "))).as(command).doesNotThrowAnyException();
    }
  }

  /** Without comments; alternatives one by one, and what may be left out there. */
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (DocsPage page : DocsPage.all()) {
      for (String block : page.blocks("sh", InstallerCommandsTest.class)) {
        for (String line : block.lines().toList()) {
          assertThat(line).as(page.name()).startsWith(PROGRAM);
          String command = line.substring(PROGRAM.length()).replaceFirst(" +#.*", "");
          String[] words = command.replaceAll("[\\[\\]']", "").split(" ", 2);
          for (String verb : words[0].split("\\|")) {
            commands.add(words.length == 1 ? verb : verb + " " + words[1]);
          }
        }
      }
    }
    return commands;
  }
}
