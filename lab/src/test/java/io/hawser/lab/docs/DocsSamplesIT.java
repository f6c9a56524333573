package io.hawser.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever copies the samples of a page word for word into an empty folder, and runs the page's
 * commands there, gets what the page says: with the jars of this build and nothing else of it.
 */
class DocsSamplesIT {
  private static final Path ROOT = Path.of("..");

  @TempDir static Path work;

  private static SampleShell shell;

  @BeforeAll
  static void install() throws IOException {
    Path artifacts = work.resolve("artifacts");
    InstalledArtifacts.copy(ROOT, artifacts);
    shell =
        new SampleShell(
            Files.createDirectory(work.resolve("tools")),
            Path.of(System.getProperty("hawser.maven")),
            artifacts,
            Path.of(System.getProperty("localRepository")));
  }

  static List<SamplePage> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.sorted())
          .filter(file -> file.toString().endsWith(".md"))
          .map(DocsSamplesIT::read)
          .filter(SamplePage::hasSamples)
          .toList();
    }
  }

  private static SamplePage read(Path file) {
    try {
      String text = Files.readString(file);
      return SamplePage.parse(ROOT.relativize(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void theSamplesOfAPageRunAsTheyStandThere(SamplePage page) throws Exception {
    assertThat(page.faults()).isEmpty();
    Path folder = Files.createTempDirectory(work, "page");
    page.write(folder);
    boolean fetched = false;
    for (SamplePage.Block block : page.commands()) {
      SampleShell.Ran ran = shell.run(block.text(), folder);
      if (ran.lacksArtifacts()) {
        if (!fetched) {
          fetch(page);
          fetched = true;
        }
        ran = shell.runOnline(block.text(), folder);
      }
      if (ran.status() != 0) {
        String command = page.place(block) + block.text().strip();
        fail(command + "\nexited " + ran.status() + "\n" + ran.output());
      }
    }
  }

  /** Most of what is missing goes to the user's local repository, as from any build. */
  private static void fetch(SamplePage page) throws IOException, InterruptedException {
    Path bare = Files.createTempDirectory(work, "fetch");
    WithoutHawser.write(page, bare);
    for (SamplePage.Block block : page.commands()) {
      shell.fetch(block.text(), bare);
    }
  }
}
