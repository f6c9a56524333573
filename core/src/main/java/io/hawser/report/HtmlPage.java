package io.hawser.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Puts the parts of the page together. */
final class HtmlPage {
  private static final String STYLE = style();

  /** Whatever got past the escaping could neither run nor load anything. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  /** More registries make a drawing that is longer than anybody wants to pass by. */
  private static final int MOST_OPEN = 8;

  private final Markup out = new Markup();
  private final String heading;
  private final Report report;
  private final Topology topology;

  private HtmlPage(String heading, Report report, Topology topology) {
    this.heading = heading;
    this.report = report;
    this.topology = topology;
  }

  static String of(String heading, Report report, Topology topology) {
    return new HtmlPage(heading, report, topology).write();
  }

  private String write() {
    out.raw("<!DOCTYPE html>\n");
    out.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").raw("\n");
    out.open("head").raw("\n");
    out.empty("meta", "charset", "UTF-8");
    out.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.element("title", heading + ": " + verdict());
    out.open("style").raw(STYLE).close("style").close("head");
    out.open("body").raw("\n").open("main").raw("\n");
    head();
    new HtmlFailures(out).write(report.failures());
    HtmlTables tables = new HtmlTables(out, topology);
    out.open("div", "class", "pair").raw("\n");
    drawing();
    tables.recap(report.recap());
    out.close("div");
    tables.transfers(report.results());
    new HtmlResults(out).write(report.results());
    out.element("footer", "Written by Hawser. This page loads nothing and runs nothing.");
    return out.close("main").close("body").close("html").toString();
  }

  private void head() {
    String mood = report.isEmpty() ? "calm" : report.succeeded() ? "good" : "bad";
    out.open("header").raw("\n").element("h1", heading);
    out.element("p", verdict(), "class", "verdict " + mood);
    out.open("dl", "class", "tiles").raw("\n");
    tile("Hosts", String.valueOf(hosts()));
    tile("Registries", String.valueOf(topology.replicas().size()));
    tile("Results", String.valueOf(report.results().size()));
    tile("Changed", String.valueOf(count(Status.CHANGED)));
    tile("Warnings", String.valueOf(count(Status.WARNING)));
    tile("Failed", String.valueOf(report.failures().size()));
    long bytes =
        report.results().stream()
            .flatMap(result -> result.transfers().stream())
            .mapToLong(Transfer::bytes)
            .sum();
    tile("Sent", Figures.bytes(bytes));
    out.close("dl").close("header");
  }

  private void tile(String what, String figure) {
    out.open("div").element("dt", what).element("dd", figure).close("div");
  }

  private long hosts() {
    int told = report.recap().rows().size();
    return Math.max(told, topology.members().size());
  }

  private long count(Status status) {
    return report.results().stream().filter(result -> result.status() == status).count();
  }

  private String verdict() {
    if (report.isEmpty()) {
      return "nothing was done";
    }
    long failed = report.failures().stream().map(HostResult::host).distinct().count();
    if (failed > 0) {
      return "failed on " + failed + " of " + Figures.count(hosts(), "host", "hosts");
    }
    long changed = count(Status.CHANGED);
    return changed == 0
        ? "succeeded, nothing had to change"
        : "succeeded, " + Figures.count(changed, "change", "changes");
  }

  private void drawing() {
    DrawnCluster cluster = DrawnCluster.of(report, topology);
    if (!cluster.isWorthDrawing()) {
      return;
    }
    boolean isLong = cluster.replicas().size() > MOST_OPEN;
    out.open("section", "class", "drawing").raw("\n").element("h2", "Who sends, who asks");
    if (isLong) {
      out.open("details").element("summary", "The drawing, " + cluster.boxes().size() + " boxes");
    }
    out.open("figure").raw("\n").raw(Drawing.of(cluster));
    new HtmlLegend(out).write(cluster);
    out.close("figure");
    if (isLong) {
      out.close("details");
    }
    out.close("section");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the style of reports is missing from the library");
      }
      return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style of reports cannot be read", e);
    }
  }

  /** A table in a box of its own that scrolls when it has no room. */
  static void table(Markup out, List<String> head, String caption, Runnable rows) {
    out.open("div", "class", "scroll", "tabindex", 0, "role", "region", "aria-label", caption);
    out.open("table").raw("\n").element("caption", caption).open("thead").open("tr");
    for (String name : head) {
      String kind = HtmlTables.FIGURES.contains(name) ? "figure " : "";
      out.element(
          "th", name, "scope", "col", "class", kind + "of-" + name.toLowerCase(Locale.ROOT));
    }
    out.close("tr").close("thead").open("tbody").raw("\n");
    rows.run();
    out.close("tbody").close("table").close("div");
  }
}
