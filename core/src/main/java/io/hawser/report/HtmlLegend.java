package io.hawser.report;

/** Says what the lines of the drawing mean. */
final class HtmlLegend {
  private final Markup out;

  HtmlLegend(Markup out) {
    this.out = out;
  }

  void write(DrawnCluster cluster) {
    out.open("figcaption").raw("\n").open("ul", "class", "legend").raw("\n");
    if (!cluster.senders().isEmpty()) {
      sample(
          "<path class=\"sent\" d=\"M2 8 L26 8\" fill=\"none\" stroke=\"currentColor\""
              + " stroke-width=\"3\"/><path class=\"head\" d=\"M25 2 L25 14 L34 8 Z\"/>");
      item("sent files: the thicker, the more");
    }
    boolean isAsked =
        cluster.others().values().stream()
            .flatMap(boxes -> boxes.stream())
            .anyMatch(box -> !box.order().isEmpty());
    if (isAsked) {
      sample(
          "<path class=\"pull g0\" d=\"M2 8 L34 8\" fill=\"none\" stroke=\"currentColor\"/>"
              + "<circle class=\"badge g0\" cx=\"8\" cy=\"8\" r=\"7\"/>");
      item("1: the registry that a host asks first");
      if (PullLines.isEveryAttemptDrawn(cluster) && cluster.replicas().size() > 1) {
        sample(
            "<path class=\"pull later g0\" d=\"M2 8 L34 8\" fill=\"none\""
                + " stroke=\"currentColor\"/><circle class=\"badge g0\" cx=\"8\" cy=\"8\" r=\"7\"/>");
        item("2, 3: whom it asks when that one does not answer");
      }
    }
    if (!cluster.replicas().isEmpty()) {
      sample(
          "<rect class=\"chip\" x=\"4\" y=\"0\" width=\"26\" height=\"16\" rx=\"8\" fill=\"none\"/>"
              + "<text class=\"chip\" x=\"17\" y=\"12.5\" text-anchor=\"middle\" font-size=\"11.5\""
              + " fill=\"currentColor\">R1</text>");
      item("a registry; its host asks it before others");
    }
    out.close("ul");
    cluster.boxes().stream().filter(box -> box.members().size() > 1).forEach(this::members);
    out.close("figcaption");
  }

  private void members(DrawnBox box) {
    String asked = box.order().isEmpty() ? "" : " that ask R" + box.order().get(0) + " first";
    out.open("details", "class", "members").element("summary", box.name() + asked);
    out.open("p", "class", "addresses").text(String.join(", ", box.addresses())).close("p");
    out.close("details");
  }

  private void sample(String drawing) {
    out.open("li").raw("<svg class=\"sample\" viewBox=\"0 0 36 16\" width=\"36\" height=\"16\"");
    out.raw(" aria-hidden=\"true\" focusable=\"false\">").raw(drawing).raw("</svg>").open("span");
  }

  private void item(String text) {
    out.text(text).close("span").close("li");
  }
}
