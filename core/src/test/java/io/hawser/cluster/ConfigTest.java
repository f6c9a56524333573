package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ConfigTest {
  private static Config config(Config.Strategy strategy, String data) {
    return new Config("c", "", "etc/file", strategy, data);
  }

  @Test
  void overrideNeedsNoFile() {
    assertThat(config(Config.Strategy.OVERRIDE, "new\n").applyTo(null)).isEqualTo("new\n");
    assertThat(config(Config.Strategy.OVERRIDE, "new\n").applyTo("old\n")).isEqualTo("new\n");
  }

  @Test
  void insertAndAppendKeepWhatIsThere() {
    assertThat(config(Config.Strategy.INSERT, "new").applyTo("old\n")).isEqualTo("new\nold\n");
    assertThat(config(Config.Strategy.APPEND, "new").applyTo("old\n")).isEqualTo("old\n\nnew");
  }

  @Test
  void mergeLaysAMappingOverEveryDocument() {
    String text =
        """
        # a comment
        kind: A
        spec: {keep: 1, change: [1, 2], empty: x}
        ---
        kind: B
        """;
    String data = "spec: {change: [3], empty: '', more: {deep: true}}\n";
    assertThat(config(Config.Strategy.MERGE, data).applyTo(text))
        .isEqualTo(
            """
            ---
            kind: A
            spec:
              keep: 1
              change:
              - 3
              empty: ''
              more:
                deep: true
            ---
            kind: B
            spec:
              change:
              - 3
              empty: ''
              more:
                deep: true
            """);
  }

  @Test
  void whatCannotBeMergedIsRefusedWithoutShowingIt() {
    for (String text : new String[] {"- secret\n", "{{ secret }}: [", "secret"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config(Config.Strategy.MERGE, "a: 1").applyTo(text))
          .withMessageContaining("nothing can be merged into it")
          .withMessageNotContaining("secret")
          .withNoCause();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(Config.Strategy.APPEND, "a: 1").applyTo(null))
        .withMessage("is not in the image");
  }

  @Test
  void pathsThatLeadElsewhereAreNone() {
    for (String path : new String[] {"", "/etc/a", "a//b", "../a", "a/..", "./a", "a\nb", "a/"}) {
      assertThat(Config.isPath(path)).as(path).isFalse();
    }
    assertThat(Config.isPath("registry/docker")).isFalse();
    assertThat(Config.isPath("etc/..a/b.yaml")).isTrue();
  }
}
