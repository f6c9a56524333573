package io.hawser.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws which hosts ask which registries, with the number of the attempt at each end. */
final class PullLines {
  /** With more there would be more lines than anybody can follow; the boxes say it in words. */
  private static final int MOST_ORDERS = 4;

  private static final int FIRST = 18;
  private static final int STEP = 18;
  private static final int BADGE = 10;

  private final DrawingLayout layout;
  private final Markup out;
  private final List<List<Integer>> orders;

  PullLines(DrawingLayout layout, Markup out) {
    this.layout = layout;
    this.out = out;
    this.orders = orders(layout.cluster());
  }

  private static List<List<Integer>> orders(DrawnCluster cluster) {
    Set<List<Integer>> orders = new LinkedHashSet<>();
    cluster.others().values().forEach(boxes -> boxes.forEach(box -> orders.add(box.order())));
    orders.remove(List.<Integer>of());
    return new ArrayList<>(orders);
  }

  /** How high the box of a registry has to be for the lines that end there. */
  static int roomFor(DrawnCluster cluster) {
    return FIRST * 2 + STEP * (Math.min(MOST_ORDERS, orders(cluster).size()) - 1);
  }

  /** Whether second and later attempts are drawn too. */
  static boolean isEveryAttemptDrawn(DrawnCluster cluster) {
    return orders(cluster).size() <= MOST_ORDERS;
  }

  void draw() {
    // The later attempts first, so that the lines of first ones lie above them.
    for (int attempt = layout.replicas().size(); attempt > 0; attempt--) {
      for (int number = 0; number < orders.size(); number++) {
        if (attempt == 1 || orders.size() <= MOST_ORDERS) {
          line(number, attempt);
        }
      }
    }
  }

  private void line(int number, int attempt) {
    List<Integer> order = orders.get(number);
    if (attempt > order.size()) {
      return;
    }
    List<DrawingLayout.Place> hosts =
        layout.others().stream().filter(place -> place.box().order().equals(order)).toList();
    DrawingLayout.Place replica = layout.replicas().get(order.get(attempt - 1) - 1);
    int x = layout.rightX() - 11 - 10 * (number % MOST_ORDERS);
    int end = replica.right() + BADGE;
    int y = replica.y() + FIRST + STEP * slot(order.get(attempt - 1), number);
    String kind = "pull g" + number % MOST_ORDERS + (attempt == 1 ? "" : " later");
    List<String> paths = new ArrayList<>();
    for (DrawingLayout.Place host : attempt == 1 ? hosts : hosts.subList(0, 1)) {
      int from = host.middle();
      paths.add(
          from == y
              ? SvgPath.through(host.x(), from, end, y)
              : SvgPath.through(host.x(), from, x, from, x, y, end, y));
    }
    // What lies below is interrupted, so that a crossing is not taken for a branch.
    paths.forEach(path -> path(path, "halo"));
    paths.forEach(path -> path(path, kind));
    badge(end, y, attempt, "g" + number % MOST_ORDERS);
  }

  /**
   * Which of the lines that end at a registry it is, from the top: first attempts before others.
   */
  private int slot(int replica, int number) {
    if (orders.size() > MOST_ORDERS) {
      return 0;
    }
    List<Integer> ranked = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i).contains(replica)) {
        ranked.add(i);
      }
    }
    ranked.sort(Comparator.comparingInt(i -> orders.get(i).indexOf(replica)));
    return ranked.indexOf(number);
  }

  private void path(String path, String kind) {
    String stroke = kind.equals("halo") ? "none" : "currentColor";
    String dashes = kind.endsWith("later") ? "4 3" : "none";
    out.empty(
        "path",
        "class",
        kind,
        "d",
        path,
        "fill",
        "none",
        "stroke",
        stroke,
        "stroke-dasharray",
        dashes);
  }

  private void badge(int x, int y, int attempt, String kind) {
    out.empty("circle", "class", "badge " + kind, "cx", x, "cy", y, "r", 8, "fill", "#555");
    String number = String.valueOf(attempt);
    out.element(
        "text",
        number,
        "class",
        "badge",
        "x",
        x,
        "y",
        y + 4,
        "text-anchor",
        "middle",
        "fill",
        "#fff",
        "font-size",
        11);
  }
}
