package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The BOM has every module that is published, and no other. */
class BomTest {
  private static final Path TOP = Path.of("..");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(hawser-[a-z]+)</");

  @Test
  void theBomHasEveryPublishedModule() throws IOException {
    Set<String> published = new TreeSet<>();
    for (String module : modules()) {
      String pom = Files.readString(TOP.resolve(module).resolve("pom.xml"));
      if (!module.equals("bom") && !pom.contains("<maven.deploy.skip>true<")) {
        published.add("hawser-" + module);
      }
    }
    Set<String> listed = artifacts(Files.readString(TOP.resolve("bom/pom.xml")));
    listed.remove("hawser-bom");
    assertThat(listed).isEqualTo(published).contains("hawser-bootstrap", "hawser-testkit");
  }

  private static List<String> modules() throws IOException {
    return Pattern.compile("<module>([a-z]+)</module>")
        .matcher(Files.readString(TOP.resolve("pom.xml")))
        .results()
        .map(module -> module.group(1))
        .toList();
  }

  private static Set<String> artifacts(String pom) {
    return ARTIFACT
        .matcher(pom)
        .results()
        .map((MatchResult artifact) -> artifact.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
