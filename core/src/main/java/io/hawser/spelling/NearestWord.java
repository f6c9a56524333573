package io.hawser.spelling;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a person most likely meant, for "did you mean". */
public final class NearestWord {
  /** Longer words are no typos; the limit also bounds the work on hostile input. */
  private static final int LONGEST = 64;

  private NearestWord() {}

  /**
   * The known word with the fewest typed differences (insert, delete, replace, swap), case ignored;
   * empty when even that one differs in more than a third of its letters. The first of equals wins.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > LONGEST) {
      return Optional.empty();
    }
    String typed = word.toLowerCase(Locale.ROOT);
    String nearest = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      if (candidate.length() > LONGEST) {
        continue;
      }
      int differences = differences(typed, candidate.toLowerCase(Locale.ROOT));
      if (differences < fewest && differences <= tolerated(word, candidate)) {
        nearest = candidate;
        fewest = differences;
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /** The hint {@code did you mean "x"?}, or else the words that are known. */
  public static String hint(String word, Collection<String> known) {
    return to(word, known)
        .map(nearest -> "did you mean \"" + nearest + "\"?")
        .orElseGet(() -> "known: " + String.join(", ", known.stream().limit(30).toList()));
  }

  private static int tolerated(String word, String candidate) {
    return Math.max(1, Math.max(word.length(), candidate.length()) / 3);
  }

  /** The optimal string alignment distance. */
  private static int differences(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
