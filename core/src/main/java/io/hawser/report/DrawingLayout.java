package io.hawser.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of the drawing stands. Senders are bars at the top, registries a column below
 * them at the left, and the other hosts at the right, each beside the registry that it asks first.
 * What is sent runs in lanes at the outer sides, what is asked for in between; so no line crosses a
 * text, and the drawing is narrow enough for a telephone.
 */
final class DrawingLayout {
  static final int LINE = 16;
  static final int LABEL = 29;
  static final int BAR = 32;

  private static final int LANE = 9;
  private static final int EDGE = 8;
  private static final int LEFT = 172;
  private static final int BETWEEN = 76;
  private static final int RIGHT = 142;
  private static final int ROW_GAP = 20;
  private static final int MOST_LANES = 4;

  /** How wide a character of a name is, at most. */
  private static final int CHARACTER = 7;

  /** An IPv6 address has room in three. */
  private static final int MOST_NAME_LINES = 3;

  /** A box with its place; its labels begin at {@code top}, the box itself at {@code y}. */
  record Place(DrawnBox box, int x, int top, int y, int width, int height) {
    int right() {
      return x + width;
    }

    int middle() {
      return y + height / 2;
    }

    int bottom() {
      return y + height;
    }
  }

  private final DrawnCluster cluster;
  private final List<Place> replicas = new ArrayList<>();
  private final List<Place> others = new ArrayList<>();
  private final Map<String, Integer> lanes = new LinkedHashMap<>();
  private final int leftX;
  private final int rightX;
  private final int width;
  private int height;

  DrawingLayout(DrawnCluster cluster) {
    this.cluster = cluster;
    cluster.senders().forEach(sender -> lanes.put(sender, lane(lanes.size())));
    lanesOfReplicas().forEach(replica -> lanes.putIfAbsent(replica, lane(lanes.size())));
    boolean hasReplicas = !cluster.replicas().isEmpty();
    boolean hasOthers = !cluster.others().isEmpty();
    leftX = lanes.isEmpty() ? EDGE : lane(lanes.size());
    rightX = hasReplicas ? leftX + LEFT + BETWEEN : leftX;
    int end = hasOthers ? rightX + RIGHT : leftX + LEFT;
    width = end + (cluster.senders().isEmpty() ? EDGE : lane(cluster.senders().size()));
    place();
  }

  private static int lane(int number) {
    return EDGE + LANE * number;
  }

  /** Who sends to a registry that does not stand just below it. */
  private Set<String> lanesOfReplicas() {
    Set<String> senders = new LinkedHashSet<>();
    for (int i = 0; i < cluster.replicas().size(); i++) {
      for (Inflow inflow : cluster.replicas().get(i).inflows()) {
        if (!isAbove(inflow.from(), i) && senders.size() < MOST_LANES) {
          senders.add(inflow.from());
        }
      }
    }
    return senders;
  }

  /** Whether a sender stands just above a registry. */
  boolean isAbove(String sender, int replica) {
    return replica == 0
        ? sender.equals(lastSender())
        : cluster.replicas().get(replica - 1).addresses().contains(sender);
  }

  @Nullable String lastSender() {
    List<String> senders = cluster.senders();
    return senders.isEmpty() ? null : senders.get(senders.size() - 1);
  }

  private void place() {
    int y = EDGE + cluster.senders().size() * (BAR + 6);
    for (int i = 0; i < cluster.replicas().size(); i++) {
      DrawnBox box = cluster.replicas().get(i);
      Place place = placed(box, leftX, y, LEFT);
      replicas.add(place);
      int end = stack(cluster.others().getOrDefault(i + 1, List.of()), y);
      y = Math.max(place.bottom(), end) + ROW_GAP;
    }
    List<DrawnBox> askNobody = cluster.others().getOrDefault(0, List.of());
    int end = askNobody.isEmpty() ? y - ROW_GAP : stack(askNobody, y);
    height = Math.max(end, 0) + EDGE;
  }

  /** Puts boxes below each other at the right; gives where they end. */
  private int stack(List<DrawnBox> boxes, int top) {
    int y = top;
    int end = top;
    for (DrawnBox box : boxes) {
      Place place = placed(box, rightX, y, RIGHT);
      others.add(place);
      end = place.bottom();
      y = end + ROW_GAP / 2;
    }
    return end;
  }

  private Place placed(DrawnBox box, int x, int top, int boxWidth) {
    int labels = box.inflows().stream().mapToInt(inflow -> inflow.parts().size()).sum();
    int y = top + (labels == 0 ? 0 : labels * LABEL + 8);
    int lines = 1 + box.lines().size() + nameLines(box, boxWidth).size();
    int boxHeight = lines * LINE + 12;
    if (box.number() > 0) {
      boxHeight = Math.max(boxHeight, PullLines.roomFor(cluster));
    }
    return new Place(box, x, top, y, boxWidth, boxHeight);
  }

  /** The name in lines as wide as the box, beside the number that it may have. */
  static List<String> nameLines(DrawnBox box, int boxWidth) {
    int fits = (box.number() > 0 ? boxWidth - 54 : boxWidth - 20) / CHARACTER;
    return SvgText.wrapped(box.name(), fits, MOST_NAME_LINES);
  }

  DrawnCluster cluster() {
    return cluster;
  }

  List<Place> replicas() {
    return replicas;
  }

  List<Place> others() {
    return others;
  }

  /** The x of the lane of a sender at the left; null when it has none. */
  @Nullable Integer lane(String sender) {
    return lanes.get(sender);
  }

  /** The x of the lane of a sender at the right. */
  int laneAtRight(int sender) {
    return width - lane(sender);
  }

  /** Where the bar of a sender begins; it ends as far from the other side. */
  int barX(int sender) {
    return sender == 0 ? 2 : lane(sender) - 4;
  }

  int barY(int sender) {
    return 2 + sender * (BAR + 6);
  }

  int rightX() {
    return rightX;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
