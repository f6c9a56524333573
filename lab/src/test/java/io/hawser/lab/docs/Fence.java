package io.hawser.lab.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page.
 *
 * @param line the line of its fence, from 1
 * @param info what its fence says: the language, and by what the block is proven
 * @param text its lines, each with its line feed
 */
record Fence(int line, String info, String text) {
  private static final Pattern OPENING = Pattern.compile(" {0,3}(`{3,}|~{3,})\\s*([^`]*)");
  private static final Pattern ITEM = Pattern.compile("(?:[-*+]|\\d+[.)]) .*");

  /** All blocks of a page. */
  static List<Fence> of(String page) {
    List<Fence> fences = new ArrayList<>();
    List<String> lines = page.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      Matcher opening = OPENING.matcher(lines.get(at));
      if (opening.matches()) {
        int end = end(lines, at, opening.group(1));
        fences.add(new Fence(at + 1, opening.group(2).strip(), body(lines.subList(at + 1, end))));
        at = end;
      }
    }
    return fences;
  }

  /** The lines, from 1, where code begins that is marked by nothing but four spaces. */
  static List<Integer> indented(String page) {
    List<Integer> found = new ArrayList<>();
    List<String> lines = page.lines().toList();
    boolean isInItem = false;
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher opening = OPENING.matcher(line);
      if (opening.matches()) {
        at = end(lines, at, opening.group(1));
      } else if (!line.isBlank() && !line.startsWith(" ")) {
        isInItem = ITEM.matcher(line).matches();
      } else if (line.matches(" {4}.*\\S.*") && !isInItem && at > 0 && isBlank(lines, at - 1)) {
        found.add(at + 1);
      }
    }
    return found;
  }

  private static boolean isBlank(List<String> lines, int at) {
    return lines.get(at).isBlank();
  }

  /** The line that closes a fence: of the same sign, at least as long; else the end of the page. */
  private static int end(List<String> lines, int from, String fence) {
    for (int at = from + 1; at < lines.size(); at++) {
      String line = lines.get(at).strip();
      if (line.startsWith(fence) && line.chars().allMatch(sign -> sign == fence.charAt(0))) {
        return at;
      }
    }
    return lines.size();
  }

  private static String body(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** The first word of the fence, or nothing. */
  String language() {
    return info.split(" ", 2)[0];
  }
}
