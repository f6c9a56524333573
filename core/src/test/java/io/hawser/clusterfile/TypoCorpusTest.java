package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every field, in every way in which people mistype it. */
class TypoCorpusTest {
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "", List.of("apiVersion", "metadata", "status"),
          "metadata", List.of("creationTimestamp", "labels", "annotations"),
          "spec", List.of("image", "ssh", "hosts", "env", "command"),
          "spec.ssh", List.of("user", "passwd", "pkData", "pkPasswd", "pkName", "port", "agent"),
          "spec.hosts[0]", List.of("ips", "roles", "env", "ssh"),
          "status", List.of("phase", "mounts", "conditions", "commandCondition"),
          "status.mounts[0]",
              List.of("name", "imageName", "mountPoint", "labels", "entrypoint", "env"));

  /** One letter gone, twice, swapped with the next, replaced; one word more, another case. */
  static List<String> typos(String word) {
    Set<String> typos = new LinkedHashSet<>();
    for (int i = 0; i < word.length(); i++) {
      String before = word.substring(0, i);
      String after = word.substring(i + 1);
      typos.add(before + after);
      typos.add(before + word.charAt(i) + word.charAt(i) + after);
      typos.add(before + "x" + after);
      if (!after.isEmpty()) {
        typos.add(before + after.charAt(0) + word.charAt(i) + after.substring(1));
      }
    }
    typos.add(word + "s");
    typos.add(word.toUpperCase(Locale.ROOT));
    typos.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    typos.add(word.toLowerCase(Locale.ROOT));
    typos.remove(word);
    typos.removeIf(typo -> typo.length() < 2);
    return List.copyOf(typos);
  }

  private static String text(String place, String field) {
    Map<String, String> lines =
        new java.util.HashMap<>(
            Map.of(
                "",
                "",
                "metadata",
                "",
                "spec",
                "",
                "spec.ssh",
                "",
                "spec.hosts[0]",
                "",
                "status",
                "",
                "status.mounts[0]",
                ""));
    lines.put(place, field + ": x, ");
    return "{"
        + lines.get("")
        + "kind: Cluster, metadata: {"
        + lines.get("metadata")
        + "name: c}, spec: {"
        + lines.get("spec")
        + "ssh: {"
        + lines.get("spec.ssh")
        + "}, hosts: [{"
        + lines.get("spec.hosts[0]")
        + "ips: [10.0.0.1], roles: [master]}]}, status: {"
        + lines.get("status")
        + "mounts: [{"
        + lines.get("status.mounts[0]")
        + "name: m, mountPoint: /m, type: rootfs}]}}";
  }

  @Test
  @DisplayName("I4 every typo of every field is found, and the field that was meant is named")
  void everyTypoIsFoundAndTheFieldNamed() {
    List<String> wrong = new ArrayList<>();
    int[] tried = {0, 0};
    FIELDS.forEach(
        (place, fields) -> {
          for (String field : fields) {
            for (String typo : typos(field)) {
              if (fields.contains(typo) || text(place, "").contains(typo + ":")) {
                continue;
              }
              tried[0]++;
              String path = place.isEmpty() ? typo : place + "." + typo;
              List<Problem> problems = problems(text(place, typo));
              assertThat(problems).as(path).hasSize(1);
              assertThat(problems.get(0).field()).isEqualTo(path);
              assertThat(problems.get(0).line()).isEqualTo(1);
              assertThat(problems.get(0).message()).isEqualTo("unknown field");
              if (!String.valueOf(problems.get(0).hint()).contains("\"" + field + "\"")) {
                wrong.add(path + " " + problems.get(0).hint());
                tried[1]++;
              }
            }
          }
        });
    // Of short words another one may be as near.
    assertThat(tried[0]).isGreaterThan(600);
    assertThat(tried[1]).as(String.join("\n", wrong)).isLessThan(tried[0] / 20);
  }

  private static List<Problem> problems(String text) {
    try {
      Clusterfiles.reader().checkTrees(false).parse(text, "Clusterfile");
      return List.of();
    } catch (ClusterfileException e) {
      return e.problems();
    }
  }

  @Test
  @DisplayName("I4 every typo is only a warning when reading leniently")
  void everyTypoIsOnlyAWarningWhenLenient() {
    FIELDS.forEach(
        (place, fields) -> {
          String text = text(place, fields.get(0) + "Tpyo");
          ClusterfileReader reader = Clusterfiles.reader().checkTrees(false).lenient(true);
          assertThat(reader.load(text, "c").warnings()).hasSize(1);
        });
  }

  @Test
  @DisplayName("I4 a field in the wrong place names the right one")
  void aFieldInTheWrongPlaceNamesTheRightOne() {
    Map<String, String> misplaced =
        Map.of(
            "passwd", "it belongs in ssh",
            "hosts", "it belongs in spec",
            "ips", "it belongs in an item of spec.hosts",
            "mounts", "it belongs in status",
            "mountPoint", "it belongs in an item of status.mounts");
    misplaced.forEach(
        (field, hint) -> {
          String text = text("metadata", field);
          assertThat(problems(text)).singleElement().extracting(Problem::hint).isEqualTo(hint);
        });
  }
}
