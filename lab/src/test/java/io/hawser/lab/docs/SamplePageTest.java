package io.hawser.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePageTest {
  private static final Path PAGE = Path.of("docs", "page.md");

  @TempDir Path folder;

  @Test
  void filesAreWrittenWordForWordAndCommandsKeepTheirOrder() throws IOException {
    SamplePage page =
        SamplePage.parse(
            PAGE,
            """
            Words.

            ```java file=src/A.java
            class A { /* ` */ }

            ```
            ```sh
            not run
            ```
            ```sh run
            first
            ```
            ````md file=b.md
            ```sh run
            of the inner page
            ```
            ````
            ```sh run
            second
            ```
            """);

    page.write(folder);

    assertThat(page.faults()).isEmpty();
    assertThat(Files.readString(folder.resolve("src/A.java"))).isEqualTo("class A { /* ` */ }\n\n");
    assertThat(Files.readString(folder.resolve("b.md"))).contains("of the inner page");
    assertThat(page.commands())
        .extracting(SamplePage.Block::text)
        .containsExactly("first\n", "second\n");
    assertThat(page.place(page.commands().get(0))).isEqualTo("docs/page.md:10: ");
  }

  @Test
  void aPageWhoseSamplesCannotBeTriedSaysWhere() {
    SamplePage page =
        SamplePage.parse(
            PAGE,
            """
            ```xml file=../pom.xml
            ```
            ```xml file=a.xml
            ```
            ```xml file=./a.xml
            ```
            """);

    assertThat(page.faults())
        .isEqualTo(
            List.of(
                "docs/page.md:1: file=../pom.xml leaves the page's folder",
                "docs/page.md:5: file=./a.xml is there twice",
                "docs/page.md:1: no block \"sh run\" of this page tries its files"));
  }

  @Test
  void aPageOfProseHasNoSamples() {
    assertThat(SamplePage.parse(PAGE, "Words.\n\n```java\nint a;\n```\n").hasSamples()).isFalse();
  }
}
