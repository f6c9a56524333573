package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of faults and their tests in the documentation is complete and true. */
class FaultRowsTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z][0-9]+) \\|(.*)\\|(.*)\\|");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

  @Test
  void everyRowOfTheTransportIsListed() throws IOException {
    List<String> wanted = new ArrayList<>();
    IntStream.rangeClosed(1, 20).mapToObj(number -> "N" + number).forEach(wanted::add);
    IntStream.rangeClosed(13, 17).mapToObj(number -> "F" + number).forEach(wanted::add);
    IntStream.rangeClosed(1, 18).mapToObj(number -> "C" + number).forEach(wanted::add);
    assertThat(rows().keySet()).containsAll(wanted);
  }

  @Test
  void everyRowOfTheTreesIsListed() throws IOException {
    List<String> wanted = new ArrayList<>(List.of("D9", "F18", "I10", "I11", "I12"));
    IntStream.rangeClosed(1, 3).mapToObj(number -> "D" + number).forEach(wanted::add);
    IntStream.rangeClosed(12, 25).mapToObj(number -> "D" + number).forEach(wanted::add);
    IntStream.rangeClosed(1, 12).mapToObj(number -> "F" + number).forEach(wanted::add);
    assertThat(rows().keySet()).containsAll(wanted);
  }

  @Test
  void everyRowOfTheReplicasIsListed() throws IOException {
    assertThat(rows().keySet())
        .contains("D4", "D5", "D6", "D7", "D8", "D10", "D11")
        .contains("S6", "S7", "S8", "S12", "S14", "S15");
  }

  @Test
  void everyRowOfClusterfilesIsListed() throws IOException {
    assertThat(rows().keySet())
        .containsAll(IntStream.rangeClosed(1, 9).mapToObj(number -> "I" + number).toList());
  }

  /** Each test that is named exists and carries the row's name. */
  @Test
  void everyTestThatIsListedCarriesItsRow() throws IOException {
    Map<String, String> sources = sources();
    rows()
        .forEach(
            (row, tests) -> {
              assertThat(tests).as("the tests of " + row).isNotEmpty();
              Pattern named =
                  Pattern.compile("DisplayName\\(\\s*\"[^\"]*\\b" + row + "\\b|void " + row + "_");
              for (String test : tests) {
                assertThat(sources.keySet()).as("the tests of " + row).contains(test);
                assertThat(named.matcher(sources.getOrDefault(test, "")).find())
                    .as(test + " carries " + row)
                    .isTrue();
              }
            });
  }

  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PROJECT.resolve("docs/faults.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), TEST.matcher(row.group(3)).results().map(t -> t.group(1)).toList());
      }
    }
    return rows;
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(PROJECT)) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*/src/test/java/.*\\.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.put(name, Files.readString(file));
      }
    }
    return sources;
  }
}
