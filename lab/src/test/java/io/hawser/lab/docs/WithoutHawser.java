package io.hawser.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A page's Maven project without Hawser's own artifacts, which no repository has yet. Run with the
 * user's local repository, it makes Maven fetch the plugins and libraries that the page needs, as
 * any build would; whether it ends well does not matter.
 */
final class WithoutHawser {
  private static final Pattern OURS =
      Pattern.compile(
          "<dependency>(?:(?!</dependency>).)*<groupId>io\\.hawser</groupId>.*?</dependency>",
          Pattern.DOTALL);
  private static final String MAIN = "class Warm {}\n";
  private static final String TEST =
      "class WarmTest {\n  @org.junit.jupiter.api.Test\n  void warm() {}\n}\n";

  private WithoutHawser() {}

  static void write(SamplePage page, Path folder) throws IOException {
    for (SamplePage.Block file : page.files()) {
      if (file.path().endsWith("pom.xml")) {
        Path pom = folder.resolve(file.path());
        Path main = pom.resolveSibling("src/main/java/Warm.java");
        Path test = pom.resolveSibling("src/test/java/WarmTest.java");
        Files.createDirectories(main.getParent());
        Files.createDirectories(test.getParent());
        Files.writeString(pom, OURS.matcher(file.text()).replaceAll(""));
        Files.writeString(main, MAIN);
        Files.writeString(test, TEST);
      }
    }
  }
}
