package io.hawser.report;

import java.util.List;

/** Draws a cluster as SVG: hosts, what they were sent, and whom they ask. */
final class Drawing {
  private static final int TOLD_ADDRESSES = 100;

  private final DrawingLayout layout;
  private final Markup out = new Markup();

  private Drawing(DrawnCluster cluster) {
    this.layout = new DrawingLayout(cluster);
  }

  static String of(DrawnCluster cluster) {
    return new Drawing(cluster).draw();
  }

  private String draw() {
    int width = layout.width();
    int height = layout.height();
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-labelledby",
        "drawing-title drawing-words",
        "viewBox",
        "0 0 " + width + " " + height,
        "width",
        width * 5 / 4,
        "height",
        height * 5 / 4,
        "font-family",
        "sans-serif",
        "color",
        "#333");
    out.element(
        "title",
        "Hosts, what they were sent and by whom, and the registries that they ask",
        "id",
        "drawing-title");
    out.element("desc", DrawingWords.of(layout.cluster()), "id", "drawing-words");
    new SentLines(layout, out).draw();
    new PullLines(layout, out).draw();
    bars();
    layout.replicas().forEach(this::box);
    layout.others().forEach(this::box);
    return out.close("svg").toString();
  }

  private void bars() {
    List<String> senders = layout.cluster().senders();
    for (int i = 0; i < senders.size(); i++) {
      String sender = senders.get(i);
      int x = layout.barX(i);
      int y = layout.barY(i);
      rect("sender", x, y, layout.width() - 2 * x, DrawingLayout.BAR, 6);
      long sent =
          layout.cluster().boxes().stream()
              .flatMap(box -> box.inflows().stream())
              .filter(inflow -> inflow.from().equals(sender))
              .mapToLong(Inflow::bytes)
              .sum();
      int middle = layout.width() / 2;
      out.open(
          "text",
          "class",
          "sender",
          "x",
          middle,
          "y",
          y + 21,
          "text-anchor",
          "middle",
          "fill",
          "currentColor",
          "font-size",
          13);
      out.element("tspan", SvgText.fitted(sender, 28), "font-weight", "bold");
      out.text(" sent " + Figures.bytes(sent)).close("text");
    }
  }

  private void box(DrawingLayout.Place place) {
    DrawnBox box = place.box();
    out.open("g", "class", "box " + box.state().mood());
    List<String> addresses = box.addresses();
    int more = addresses.size() - TOLD_ADDRESSES;
    out.element(
        "title",
        more <= 0
            ? String.join(", ", addresses)
            : String.join(", ", addresses.subList(0, TOLD_ADDRESSES)) + " and " + more + " more");
    if (addresses.size() > 1) {
      rect("behind", place.x() + 4, place.y() + 4, place.width(), place.height(), 8);
    }
    rect("front", place.x(), place.y(), place.width(), place.height(), 8);
    if (box.number() > 0) {
      chip(place, "R" + box.number());
    }
    int y = name(place);
    for (String line : box.lines()) {
      y += DrawingLayout.LINE;
      line(place, y, line, "line");
    }
    state(place, y + DrawingLayout.LINE, box.state());
    out.close("g");
  }

  private int name(DrawingLayout.Place place) {
    int y = place.y() + 3;
    for (String line : DrawingLayout.nameLines(place.box(), place.width())) {
      y += DrawingLayout.LINE;
      out.element(
          "text",
          line,
          "class",
          "name",
          "x",
          place.x() + 10,
          "y",
          y,
          "fill",
          "currentColor",
          "font-size",
          12.5,
          "font-weight",
          "bold",
          "font-family",
          "monospace");
    }
    return y;
  }

  private void line(DrawingLayout.Place place, int y, String text, String kind) {
    out.element(
        "text",
        SvgText.fitted(text, (place.width() - 20) / 6),
        "class",
        kind,
        "x",
        place.x() + 10,
        "y",
        y,
        "fill",
        "currentColor",
        "font-size",
        11.5);
  }

  /** A sign beside the words, so that nobody has to tell colours apart. */
  private void state(DrawingLayout.Place place, int y, HostState state) {
    int x = place.x() + 10;
    String sign =
        switch (state.mood()) {
          case "bad" -> "M1 1 L9 9 M9 1 L1 9";
          case "warn" -> "M5 0 L5 6 M5 8.4 L5 9.8";
          case "good" -> "M0.5 5.5 L3.8 9 L9.5 1.5";
          default -> "M1 5 L9 5";
        };
    out.empty(
        "path",
        "class",
        "sign",
        "d",
        sign,
        "transform",
        "translate(" + x + " " + (y - 9) + ")",
        "fill",
        "none",
        "stroke",
        "currentColor",
        "stroke-width",
        2);
    out.element(
        "text",
        SvgText.fitted(state.text(), (place.width() - 36) / 6),
        "class",
        "state",
        "x",
        x + 16,
        "y",
        y,
        "fill",
        "currentColor",
        "font-size",
        11.5);
  }

  private void chip(DrawingLayout.Place place, String text) {
    int width = 10 + 8 * text.length();
    int x = place.right() - width - 7;
    rect("chip", x, place.y() + 7, width, 17, 8);
    out.element(
        "text",
        text,
        "class",
        "chip",
        "x",
        x + width / 2,
        "y",
        place.y() + 20,
        "text-anchor",
        "middle",
        "fill",
        "currentColor",
        "font-size",
        11.5);
  }

  private void rect(String kind, int x, int y, int width, int height, int radius) {
    out.empty(
        "rect",
        "class",
        kind,
        "x",
        x,
        "y",
        y,
        "width",
        width,
        "height",
        height,
        "rx",
        radius,
        "fill",
        kind.equals("chip") ? "none" : "#fff",
        "stroke",
        "#555");
  }
}
