package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables of figures: what each host's results come to, and what was sent. */
final class HtmlTables {
  /** Columns that are aligned to the right. */
  static final Set<String> FIGURES =
      Set.of(
          "ok",
          "changed",
          "warning",
          "skipped",
          "not checked",
          "unknown",
          "failed",
          "Time",
          "Bytes",
          "Rate");

  /** On a page there is no need to find a column by counting; so what is nowhere is left out. */
  private static final List<Status> ALWAYS = List.of(Status.OK, Status.CHANGED, Status.FAILED);

  private static final int MOST_OPEN = 12;

  private final Markup out;
  private final Topology topology;

  HtmlTables(Markup out, Topology topology) {
    this.out = out;
    this.topology = topology;
  }

  void recap(Recap recap) {
    List<Recap.Row> rows = recap.rows();
    if (rows.isEmpty()) {
      return;
    }
    List<Status> columns = RecapTable.columns(rows, ALWAYS);
    boolean hasRoles = topology.members().stream().anyMatch(m -> !m.roles().isEmpty());
    List<String> head = new ArrayList<>(List.of("Host"));
    if (hasRoles) {
      head.add("Roles");
    }
    columns.forEach(status -> head.add(Figures.word(status)));
    head.add("Time");
    out.open("section").raw("\n").element("h2", "Hosts");
    out.open("div", "class", rows.size() > MOST_OPEN ? "tall" : "short");
    HtmlPage.table(
        out,
        head,
        "Results of each host",
        () -> rows.forEach(row -> recapRow(row, columns, hasRoles)));
    out.close("div").close("section");
  }

  private void recapRow(Recap.Row row, List<Status> columns, boolean hasRoles) {
    out.open("tr").element("th", row.host(), "scope", "row", "class", host(row.host()));
    if (hasRoles) {
      String roles = topology.member(row.host()).map(m -> String.join(", ", m.roles())).orElse("");
      out.element("td", roles, "class", "roles");
    }
    for (Status status : columns) {
      int count = row.count(status);
      String mood = count == 0 ? "none" : HtmlFailures.mood(status);
      out.element("td", String.valueOf(count), "class", "figure " + mood);
    }
    out.element("td", Figures.time(row.took()), "class", "figure sum").close("tr");
  }

  void transfers(List<HostResult> results) {
    long count = results.stream().mapToLong(result -> result.transfers().size()).sum();
    if (count == 0) {
      return;
    }
    out.open("section").raw("\n").element("h2", "What was sent");
    if (count > MOST_OPEN) {
      out.open("details").element("summary", count + " transfers");
    }
    HtmlPage.table(
        out,
        List.of("From", "To", "Step", "Bytes", "Time", "Rate"),
        "Files that were sent, without those that hosts had already",
        () -> results.forEach(row -> row.transfers().forEach(sent -> transfer(row.step(), sent))));
    if (count > MOST_OPEN) {
      out.close("details");
    }
    out.close("section");
  }

  private void transfer(String step, Transfer sent) {
    out.open("tr").element("td", sent.from(), "class", host(sent.from()));
    out.element("td", sent.to(), "class", host(sent.to()));
    out.open("td").text(step).open("small").text(" " + sent.what()).close("small").close("td");
    out.element("td", Figures.bytes(sent.bytes()), "class", "figure");
    out.element("td", Figures.time(sent.took()), "class", "figure");
    out.element("td", Figures.rate(sent.bytes(), sent.took()), "class", "figure rate").close("tr");
  }

  /** Short names stay in one line, long ones may be broken anywhere. */
  static String host(String name) {
    return name.length() <= 15 ? "host" : "host long";
  }
}
