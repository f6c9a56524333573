package io.hawser.report;

import java.util.ArrayList;
import java.util.List;

/** Says in words what a drawing shows, for those who hear the page. */
final class DrawingWords {
  private static final int MOST_SENTENCES = 200;

  private DrawingWords() {}

  static String of(DrawnCluster cluster) {
    List<String> sentences = new ArrayList<>();
    for (DrawnBox box : cluster.boxes()) {
      String who = who(box);
      sentences.add(who + ": " + String.join(", ", box.lines()) + ", " + box.state().text() + ".");
      for (Inflow inflow : box.inflows()) {
        for (Inflow.Part part : inflow.parts()) {
          sentences.add(
              inflow.from() + " sent " + who + " " + part.text() + ": " + part.step() + ".");
        }
      }
    }
    return String.join(" ", sentences.subList(0, Math.min(sentences.size(), MOST_SENTENCES)));
  }

  private static String who(DrawnBox box) {
    return box.number() > 0 ? "Registry R" + box.number() + " on " + box.name() : box.name();
  }
}
