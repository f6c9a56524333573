package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applies the hunks of a unified diff; that they are well-formed is proven where they are made. */
final class Hunks {
  private static final Pattern HEAD = Pattern.compile("@@ -(\\d+),(\\d+) \\+\\d+,\\d+ @@\n");

  private Hunks() {}

  static String applied(String old, String hunks) {
    List<String> before = lines(old);
    List<String> after = new ArrayList<>();
    int at = 0;
    char last = ' ';
    for (String line : lines(hunks)) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        int start = Integer.parseInt(head.group(1)) - (head.group(2).equals("0") ? 0 : 1);
        after.addAll(before.subList(at, start));
        at = start;
      } else if (line.startsWith("\\") && last != '-') {
        // The line before has no end, neither here nor there.
        after.set(after.size() - 1, after.get(after.size() - 1).replaceFirst("\n$", ""));
      } else if (!line.startsWith("\\")) {
        String text = line.substring(1);
        if (line.charAt(0) != '+') {
          assertThat(text).startsWith(before.get(at++));
        }
        if (line.charAt(0) != '-') {
          after.add(text);
        }
      }
      last = line.charAt(0);
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
