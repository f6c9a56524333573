package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Draws who sent what to whom: arrows that end at the top of a box, with their labels beside. */
final class SentLines {
  private static final int ENTRY = 16;
  private static final int NEXT = 13;

  private final DrawingLayout layout;
  private final Markup out;
  private final long most;

  SentLines(DrawingLayout layout, Markup out) {
    this.layout = layout;
    this.out = out;
    this.most =
        layout.cluster().boxes().stream()
            .flatMap(box -> box.inflows().stream())
            .mapToLong(Inflow::bytes)
            .max()
            .orElse(1);
  }

  void draw() {
    for (int i = 0; i < layout.replicas().size(); i++) {
      atLeft(layout.replicas().get(i), i);
    }
    for (int i = 0; i < layout.others().size(); i++) {
      atRight(layout.others().get(i), i == 0);
    }
  }

  private void atLeft(DrawingLayout.Place place, int number) {
    List<Inflow> inflows = new ArrayList<>();
    List<Inflow> fromAbove = new ArrayList<>();
    for (Inflow inflow : place.box().inflows()) {
      (layout.isAbove(inflow.from(), number) ? fromAbove : inflows).add(inflow);
    }
    inflows.addAll(fromAbove);
    int y = place.top();
    int textX = place.x() + ENTRY + NEXT * inflows.size();
    for (int k = 0; k < inflows.size(); k++) {
      Inflow inflow = inflows.get(k);
      int x = place.x() + ENTRY + NEXT * k;
      if (layout.isAbove(inflow.from(), number)) {
        arrow(inflow, x, place.y(), x, above(number));
      } else if (layout.lane(inflow.from()) != null) {
        int lane = Objects.requireNonNull(layout.lane(inflow.from()));
        arrow(inflow, x, place.y(), x, y + 12, lane, y + 12, lane, begin(inflow.from()));
      }
      y = labels(inflow, textX, y, "start");
    }
  }

  private int above(int number) {
    return number == 0
        ? layout.barY(layout.cluster().senders().size() - 1) + DrawingLayout.BAR
        : layout.replicas().get(number - 1).bottom();
  }

  /** Where the lane of a sender begins. */
  private int begin(String sender) {
    int bar = layout.cluster().senders().indexOf(sender);
    if (bar >= 0) {
      return layout.barY(bar) + DrawingLayout.BAR;
    }
    return layout.replicas().stream()
        .filter(place -> place.box().addresses().contains(sender))
        .mapToInt(DrawingLayout.Place::middle)
        .findFirst()
        .orElse(0);
  }

  private void atRight(DrawingLayout.Place place, boolean isFirst) {
    List<Inflow> inflows =
        place.box().inflows().stream()
            .filter(inflow -> layout.cluster().senders().contains(inflow.from()))
            .toList();
    int y = place.top();
    int textX = place.right() - ENTRY - NEXT * inflows.size();
    for (int k = 0; k < inflows.size(); k++) {
      Inflow inflow = inflows.get(k);
      int x = place.right() - ENTRY - NEXT * k;
      int bar = layout.cluster().senders().indexOf(inflow.from());
      int begin = layout.barY(bar) + DrawingLayout.BAR;
      if (isFirst && inflow.from().equals(layout.lastSender())) {
        arrow(inflow, x, place.y(), x, begin);
      } else {
        int lane = layout.laneAtRight(bar);
        arrow(inflow, x, place.y(), x, y + 12, lane, y + 12, lane, begin);
      }
      y = labels(inflow, textX, y, "end");
    }
  }

  private int labels(Inflow inflow, int x, int top, String anchor) {
    int y = top;
    for (Inflow.Part part : inflow.parts()) {
      label(part.step(), "step", x, y + 13, anchor);
      label(part.text(), "figure", x, y + 26, anchor);
      y += DrawingLayout.LABEL;
    }
    return y;
  }

  private void label(String text, String kind, int x, int y, String anchor) {
    out.element(
        "text",
        SvgText.fitted(text, 24),
        "class",
        kind,
        "x",
        x,
        "y",
        y,
        "text-anchor",
        anchor,
        "fill",
        "currentColor",
        "font-size",
        11.5);
  }

  /** Points from the head of the arrow backwards, x and y in turn; the head points down. */
  private void arrow(Inflow inflow, int x, int y, int... back) {
    double width = 1.6 + 3.4 * Math.sqrt((double) inflow.bytes() / Math.max(1, most));
    int[] points = new int[back.length + 2];
    points[0] = x;
    points[1] = y - 7;
    System.arraycopy(back, 0, points, 2, back.length);
    out.empty(
        "path",
        "class",
        "sent",
        "d",
        SvgPath.through(points),
        "fill",
        "none",
        "stroke",
        "currentColor",
        "stroke-width",
        Math.round(width * 10) / 10.0);
    String head = "M" + (x - 6) + " " + (y - 9) + " L" + (x + 6) + " " + (y - 9);
    out.empty(
        "path",
        "class",
        "head",
        "d",
        head + " L" + x + " " + (y - 1) + " Z",
        "fill",
        "currentColor");
  }
}
