package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast as WCAG 2.1 has it: 4.5 for texts (1.4.3), 3 for lines that mean something (1.4.11). */
class PageColoursTest {
  private static final List<String> MOODS = List.of("good", "bad", "warn", "calm");
  private static final String PAGE = HtmlReport.of(Report.empty()).toHtml();

  /** The colours of the page when a reader has a scheme; later ones take the place of earlier. */
  private static Map<String, String> colours(int schemes) {
    Map<String, String> colours = new HashMap<>();
    Matcher blocks = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL).matcher(PAGE);
    for (int i = 0; i <= schemes; i++) {
      assertThat(blocks.find()).isTrue();
      if (i == 0 || i == schemes) {
        Matcher colour = Pattern.compile("--([a-z0-9-]+): ([^;]+);").matcher(blocks.group(1));
        while (colour.find()) {
          colours.put(colour.group(1), colour.group(2));
        }
      }
    }
    return colours;
  }

  private static double luminance(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      parts[i] = part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  @Test
  void contrastIsComputedAsTheGuidelinesHaveIt() {
    assertThat(contrast("#000000", "#ffffff")).isEqualTo(21);
    assertThat(contrast("#777777", "#ffffff")).isBetween(4.47, 4.48);
  }

  /** 0 is light, 1 dark, 2 print. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void textsAndLinesAreSeen(int scheme) {
    Map<String, String> colours = colours(scheme);
    Map<String, Double> contrasts = new HashMap<>();
    for (String text : List.of("text", "soft", "good", "bad", "warn", "calm")) {
      for (String back : List.of("page", "panel")) {
        contrasts.put(text + " on " + back, of(colours, text, back) / 4.5);
      }
    }
    for (String mood : MOODS) {
      contrasts.put("pill " + mood, of(colours, mood, mood + "-back") / 4.5);
    }
    for (String line : List.of("g0", "g1", "g2", "g3")) {
      contrasts.put("badge " + line, of(colours, "badge", line) / 4.5);
      contrasts.put("line " + line, of(colours, line, "page") / 3);
    }
    contrasts.put("line sent", of(colours, "sent", "page") / 3);
    contrasts.values().removeIf(enough -> enough >= 1);
    assertThat(contrasts).as("pairs with too little contrast").isEmpty();
  }

  private static double of(Map<String, String> colours, String one, String other) {
    String back = colours.getOrDefault(other, "");
    return contrast(
        colours.getOrDefault(one, ""),
        back.equals("transparent") ? colours.getOrDefault("page", "") : back);
  }
}
