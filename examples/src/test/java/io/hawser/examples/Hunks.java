package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applies the hunks of a unified diff. */
final class Hunks {
  private static final Pattern HEAD = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@\n");

  private Hunks() {}

  /** As patch does it, and nothing is forgiven. */
  static String applied(String old, String hunks) {
    List<String> before = lines(old);
    List<String> after = new ArrayList<>();
    List<String> diff = lines(hunks);
    int at = 0;
    int i = 0;
    while (i < diff.size()) {
      Matcher head = HEAD.matcher(diff.get(i++));
      assertThat(head.matches()).isTrue();
      int olds = Integer.parseInt(head.group(2));
      int news = Integer.parseInt(head.group(4));
      int start = Integer.parseInt(head.group(1)) - (olds == 0 ? 0 : 1);
      after.addAll(before.subList(at, start));
      at = start;
      assertThat(after).hasSize(Integer.parseInt(head.group(3)) - (news == 0 ? 0 : 1));
      while (i < diff.size() && !diff.get(i).startsWith("@@")) {
        String line = diff.get(i++);
        boolean open = i < diff.size() && diff.get(i).startsWith("\\");
        String text = open ? line.substring(1, line.length() - 1) : line.substring(1);
        i += open ? 1 : 0;
        if (line.charAt(0) != '+') {
          assertThat(text).isEqualTo(before.get(at++));
          olds--;
        }
        if (line.charAt(0) != '-') {
          after.add(text);
          news--;
        }
      }
      assertThat(olds).isZero();
      assertThat(news).isZero();
    }
    after.addAll(before.subList(at, before.size()));
    return String.join("", after);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    lines.removeIf(String::isEmpty);
    return lines;
  }
}
