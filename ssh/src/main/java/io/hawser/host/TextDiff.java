package io.hawser.host;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/**
 * The hunks of a unified diff between two texts, as POSIX {@code diff -u} writes them and {@code
 * patch} reads them: exact, also where a last line has no end.
 */
final class TextDiff {
  private static final int CONTEXT = 3;

  /** Beyond so many pairs of lines what is between the equal ends counts as replaced. */
  private static final long MOST_PAIRS = 4_000_000;

  private static final String NO_END = "\\ No newline at end of file\n";

  private final List<String> before;
  private final List<String> after;
  private final List<Line> script = new ArrayList<>();

  /** A line that stays (' '), goes ('-') or comes ('+'). */
  private record Line(char sign, String text) {}

  private TextDiff(String before, String after) {
    this.before = lines(before);
    this.after = lines(after);
  }

  /** The hunks; empty when the texts are the same. */
  static String hunks(String before, String after) {
    TextDiff diff = new TextDiff(before, after);
    diff.compare();
    return diff.written();
  }

  /** The lines with their ends, so that a last one without an end is another line. */
  private static List<String> lines(String text) {
    List<String> parts = new ArrayList<>(Splitter.on('\n').splitToList(text));
    String last = parts.remove(parts.size() - 1);
    parts.replaceAll(line -> line + "\n");
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private void compare() {
    int start = 0;
    int most = Math.min(before.size(), after.size());
    while (start < most && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    before.subList(0, start).forEach(line -> script.add(new Line(' ', line)));
    middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
    before
        .subList(before.size() - end, before.size())
        .forEach(line -> script.add(new Line(' ', line)));
  }

  private void middle(List<String> old, List<String> wanted) {
    boolean small = (long) old.size() * wanted.size() <= MOST_PAIRS;
    int[][] common = small ? common(old, wanted) : new int[0][];
    int i = 0;
    int j = 0;
    while (i < old.size() || j < wanted.size()) {
      boolean both = small && i < old.size() && j < wanted.size();
      if (both && old.get(i).equals(wanted.get(j))) {
        script.add(new Line(' ', old.get(i++)));
        j++;
      } else if (i < old.size() && (!both || common[i + 1][j] >= common[i][j + 1])) {
        script.add(new Line('-', old.get(i++)));
      } else {
        script.add(new Line('+', wanted.get(j++)));
      }
    }
  }

  /** How long the longest common subsequence of the rest is, from each pair of places on. */
  private static int[][] common(List<String> old, List<String> wanted) {
    int[][] longest = new int[old.size() + 1][wanted.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = wanted.size() - 1; j >= 0; j--) {
        longest[i][j] =
            old.get(i).equals(wanted.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  private String written() {
    StringBuilder out = new StringBuilder();
    int oldLine = 1;
    int newLine = 1;
    int at = 0;
    while (at < script.size()) {
      int first = nextChange(at);
      if (first == script.size()) {
        break;
      }
      int from = Math.max(at, first - CONTEXT);
      oldLine += from - at;
      newLine += from - at;
      int to = endOfHunk(first);
      List<Line> hunk = script.subList(from, to);
      int olds = (int) hunk.stream().filter(line -> line.sign() != '+').count();
      int news = (int) hunk.stream().filter(line -> line.sign() != '-').count();
      out.append("@@ -").append(range(oldLine, olds));
      out.append(" +").append(range(newLine, news)).append(" @@\n");
      hunk.forEach(line -> write(line, out));
      oldLine += olds;
      newLine += news;
      at = to;
    }
    return out.toString();
  }

  private int nextChange(int from) {
    int at = from;
    while (at < script.size() && script.get(at).sign() == ' ') {
      at++;
    }
    return at;
  }

  /** Where the lines after a change end that belong to it: changes near each other are one hunk. */
  private int endOfHunk(int first) {
    int last = first;
    int next = first;
    while (next < script.size() && next - last <= 2 * CONTEXT) {
      last = next;
      next = nextChange(next + 1);
    }
    return Math.min(script.size(), last + 1 + CONTEXT);
  }

  /** Of no lines the number of the line before, as diff has it. */
  private static String range(int line, int count) {
    return (count == 0 ? line - 1 : line) + "," + count;
  }

  private static void write(Line line, StringBuilder out) {
    out.append(line.sign()).append(line.text());
    if (!line.text().endsWith("\n")) {
      out.append('\n').append(NO_END);
    }
  }
}
