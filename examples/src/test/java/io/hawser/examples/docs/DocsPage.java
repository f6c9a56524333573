package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The blocks of a page that a test proves: their fences say {@code by=} and the test's name.
 *
 * @param name the file, from the top of the project
 * @param text what is in it
 */
public record DocsPage(String name, String text) {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern LEFT_OUT = Pattern.compile("\\.\\.\\.|…");
  private static final Pattern COUNT =
      Pattern.compile("\\b[0-9]+(?= (?:bytes|entries|files|to change|as wanted))");

  /** A page, from the top of the project: {@code docs/plan.md}. */
  public static DocsPage read(String name) {
    try {
      return new DocsPage(name, Files.readString(PROJECT.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages for users, in the order of their names. */
  public static List<DocsPage> all() throws IOException {
    try (Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("CONTRIBUTING.md", "README.md", "lab/README.md"),
              docs.map(file -> "docs/" + file.getFileName()))
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(DocsPage::read)
          .toList();
    }
  }

  /** The blocks of a language that a test says it proves, in the order of the page. */
  public List<String> blocks(String language, Class<?> test) {
    return Pattern.compile(
            "^```" + language + " by=" + test.getSimpleName() + "\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** One of them, from 0. */
  public String block(String language, Class<?> test, int index) {
    List<String> blocks = blocks(language, test);
    assertThat(blocks).as("blocks \"%s\" of %s", language, name).hasSizeGreaterThan(index);
    return blocks.get(index);
  }

  /**
   * Judges what a page shows of an output: each of its lines was printed, in this order. Dots stand
   * for what the page leaves out, of a line or, alone, whole lines; how many bytes, files and
   * changes it were is passed over.
   */
  public static void assertPrinted(String shown, String printed) {
    Deque<String> left = printed.lines().collect(Collectors.toCollection(ArrayDeque::new));
    for (String line : shown.lines().toList()) {
      Pattern wanted = Pattern.compile(pattern(counted(line.stripTrailing())) + "\\s*");
      while (!left.isEmpty() && !wanted.matcher(counted(left.peekFirst())).matches()) {
        left.removeFirst();
      }
      assertThat(left).as("%s%nwas not printed there:%n%s", line, printed).isNotEmpty();
      left.removeFirst();
    }
  }

  /** Judges a message that a page shows, wherever the page breaks its lines. */
  public static void assertSaid(String shown, String said) {
    assertThat(said.replaceAll("\\s+", " "))
        .matches(Pattern.compile(pattern(shown.strip().replaceAll("\\s+", " "))));
  }

  private static String counted(String line) {
    return COUNT.matcher(line).replaceAll("0");
  }

  private static String pattern(String shown) {
    return LEFT_OUT
        .splitAsStream(shown + " ")
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"))
        .replaceFirst(" \\\\E$", "\\\\E");
  }
}
