package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine beside Go's text/template, sprig and sealos's functions; see lab/golden. */
class GoldenTemplatesTest {
  private static final List<GoldenCase> CASES = GoldenCase.in(directory());

  private static Path directory() {
    try {
      return Path.of(GoldenTemplatesTest.class.getResource("/golden-templates").toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<GoldenCase> cases() {
    return CASES;
  }

  private static Stream<String> files() {
    return CASES.stream().map(GoldenCase::file).distinct();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void goAndHawserWriteTheSameBytesOrRefuse(String file) {
    List<String> differences =
        CASES.stream()
            .filter(golden -> golden.file().equals(file))
            .map(GoldenCase::difference)
            .filter(difference -> !difference.isEmpty())
            .toList();
    assertThat(String.join("\n", differences)).isEmpty();
  }

  @Test
  void thereAreEnoughCasesAndManyOfThemAreRefused() {
    assertThat(CASES).hasSizeGreaterThan(700);
    assertThat(CASES.stream().filter(GoldenCase::isRefused)).hasSizeGreaterThan(150);
  }

  @Test
  @DisplayName("I8 2,000 templates rendered in parallel give what one by one gives")
  void parallelRenderingsEqualThoseOneByOne() {
    List<GoldenCase> many =
        IntStream.range(0, 2_000).mapToObj(i -> CASES.get(i * 7 % CASES.size())).toList();
    List<String> alone = many.stream().map(GoldenTemplatesTest::outcome).toList();
    List<String> together = many.parallelStream().map(GoldenTemplatesTest::outcome).toList();
    assertThat(together).isEqualTo(alone);
  }

  private static String outcome(GoldenCase golden) {
    try {
      return "text " + Templates.render(golden.template(), golden.name(), golden.values());
    } catch (TemplateException e) {
      return "refused " + e.getMessage();
    }
  }
}
