package io.hawser.ssh.mock;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The rules of a mock in the order they were made. */
final class ScriptedRules {
  /** Longer texts are compared by their head: the distance takes time with the square. */
  private static final int COMPARED = 300;

  private final List<MockRule> rules = new CopyOnWriteArrayList<>();

  MockRule add(MockRule rule) {
    rules.add(rule);
    return rule;
  }

  /** The last rule that covers a command. */
  @Nullable MockRule find(Endpoint host, String command, boolean agent) {
    MockRule found = null;
    for (MockRule rule : rules) {
      boolean covers = agent ? rule.coversAgent(host, command) : rule.covers(host, command);
      found = covers ? rule : found;
    }
    return found;
  }

  /**
   * The rule whose text is most like the command, for a message; empty when there is none. A rule
   * that has the command but not the host is closest of all.
   */
  String closest(Endpoint host, String command) {
    return rules.stream()
        .min(
            Comparator.comparingInt((MockRule rule) -> distance(rule, command))
                .thenComparing(rule -> !rule.isFor(host)))
        .map(MockRule::toString)
        .orElse("");
  }

  private static int distance(MockRule rule, String command) {
    return rule.hasText(command) ? 0 : distance(head(rule.text()), head(command));
  }

  private static String head(String text) {
    return text.substring(0, Math.min(COMPARED, text.length()));
  }

  /** How many characters must be put in, taken out or replaced (Levenshtein). */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] line = new int[to.length() + 1];
      line[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        line[column] =
            Math.min(above[column - 1] + replaced, Math.min(above[column], line[column - 1]) + 1);
      }
      above = line;
    }
    return above[to.length()];
  }
}
