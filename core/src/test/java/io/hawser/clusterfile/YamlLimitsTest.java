package io.hawser.clusterfile;

import static io.hawser.clusterfile.ClusterfilesTest.problems;
import static io.hawser.clusterfile.ClusterfilesTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class YamlLimitsTest {
  private static void assertRefused(String text, String reason) {
    long start = System.nanoTime();
    assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).contains(reason));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void I1_anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("kind: Config\na0: &a0 [x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s, %s".formatted(i, i, alias, alias, alias, alias))
          .append("]\n");
    }
    assertRefused(bomb.toString(), "more than 250000 keys and values");
    assertRefused("a: &a x\nb: [" + "*a, ".repeat(65) + "]", "more than 64 aliases");
  }

  @Test
  void I1_aRecursiveAliasIsRefused() {
    assertRefused("kind: Config\na: &a [*a]\n", "an alias without a complete anchor");
  }

  @Test
  void I1_deepNestingIsRefused() {
    assertRefused("[".repeat(100_000), "nested deeper than 50 levels");
    assertRefused("{a: ".repeat(100_000), "nested deeper than 50 levels");
    assertRefused("- ".repeat(100_000), "nested deeper than 50 levels");
  }

  @Test
  void I1_aLongFileIsRefused() {
    assertRefused("a".repeat(3 * 1024 * 1024 + 1), "longer than 3145728 characters");
  }

  @Test
  @DisplayName("I1 a file of 100 MB is refused without being read")
  void aFileOfHundredMegabytesIsRefused(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("Clusterfile");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100_000_000);
    }
    assertThatThrownBy(() -> Clusterfiles.read(file)).hasMessageContaining("the file is too large");
  }

  @Test
  void I1_aMillionDocumentsAreRefused() {
    assertRefused("---\n".repeat(700_000), "more than 1000 documents");
  }

  @Test
  void I1_aLongScalarIsRead() {
    String text =
        spec(
            "hosts: [{ips: [10.0.0.1], roles: [master]}]",
            "env: ['A=" + "x".repeat(3_000_000) + "']");
    long start = System.nanoTime();
    assertThat(Clusterfiles.parse(text, "c").env().get("A")).hasSize(3_000_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void I2_tagsAreRefused() {
    for (String tag :
        List.of(
            "!!javax.script.ScriptEngineManager [x]",
            "!!java.net.URL [\"http://127.0.0.1:1\"]",
            "!<tag:yaml.org,2002:java.lang.String> x",
            "!local x",
            "!!binary aGk=",
            "!!set {a}")) {
      assertRefused("kind: Config\na: " + tag + "\n", "a YAML tag other than the standard ones");
    }
  }

  @Test
  void I2_standardTagsAreAccepted() {
    String text = spec("hosts: [{ips: [!!str 10.0.0.1], roles: [master]}]", "env: !!seq [! A=1]");
    assertThat(problems(text)).isEmpty();
  }

  @Test
  void nulCharactersAreRefused() {
    assertRefused(spec("env: [\"A=x\\0y\"]"), "a NUL character");
  }

  @Test
  void charactersThatYamlForbidsAreAProblem() {
    assertRefused("kind: \u0007", "not YAML");
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(problems("\ufeff" + spec("hosts: [{ips: [10.0.0.1], roles: [master]}]"))).isEmpty();
  }

  @Test
  void anEmptyFileHasNoCluster() {
    for (String text : List.of("", "---\n", "# nothing\n", "kind: InitConfiguration\n")) {
      assertThat(problems(text))
          .containsExactly("Clusterfile: there is no document of kind Cluster");
    }
    assertThat(problems("just text")).hasSize(2);
  }
}
