package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the page on broken Clusterfiles shows is what the installer says. With {@code
 * -Dhawser.regenerate=true} the page is written anew.
 */
class BrokenClusterfilesTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final Path PAGE = PROJECT.resolve("docs/broken-clusterfiles.md");
  private static final Path FILES = PROJECT.resolve("examples/broken");
  private static final Pattern RUN =
      Pattern.compile("```console by=BrokenClusterfilesTest\n\\$ ./examples/hawser (.*)\n((?:(?!```).*\n)*)```\n");

  @Test
  @DisplayName("I3 I4 I6 I7 the page on broken Clusterfiles shows what the installer says")
  void thePageShowsWhatTheInstallerSays() throws IOException {
    String page = Files.readString(PAGE);
    String real =
        RUN.matcher(page)
            .replaceAll(
                run ->
                    Matcher.quoteReplacement(
                        "```console by=BrokenClusterfilesTest\n$ ./examples/hawser "
                            + run.group(1)
                            + "\n"
                            + output(run.group(1))
                            + "```\n"));
    if (Boolean.getBoolean("hawser.regenerate")) {
      Files.writeString(PAGE, real);
    } else {
      assertThat(page).isEqualTo(real);
    }
  }

  @Test
  void thePageShowsEveryBrokenClusterfile() throws IOException {
    List<String> shown = new ArrayList<>();
    Matcher run = RUN.matcher(Files.readString(PAGE));
    while (run.find()) {
      shown.add(run.group(1).replaceAll(".*examples/broken/(\\S*).*", "$1"));
    }
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSizeGreaterThanOrEqualTo(10)
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  private static String output(String line) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    String[] arguments = line.replace("examples/broken", FILES.toString()).split(" ");
    int status = HawserCommand.run(writer, writer, arguments);
    assertThat(status).as(line).isEqualTo(HawserCommand.BAD_INPUT);
    assertThat(said.toString()).doesNotContain("example-password").doesNotContain("PRIVATE");
    return said.toString().replace(System.lineSeparator(), "\n").replace(PROJECT + "/", "");
  }
}
