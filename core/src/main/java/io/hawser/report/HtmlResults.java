package io.hawser.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every result, step by step; steps in which all went well are folded. */
final class HtmlResults {
  private static final List<Status> ORDER =
      List.of(
          Status.FAILED,
          Status.UNKNOWN,
          Status.WARNING,
          Status.NOT_CHECKED,
          Status.CHANGED,
          Status.OK,
          Status.SKIPPED);

  /** In longer tables what went well is folded away behind what did not. */
  private static final int MOST_OPEN = 12;

  private final Markup out;

  HtmlResults(Markup out) {
    this.out = out;
  }

  void write(List<HostResult> results) {
    if (results.isEmpty()) {
      return;
    }
    Map<String, List<HostResult>> steps = new LinkedHashMap<>();
    results.forEach(r -> steps.computeIfAbsent(r.step(), step -> new ArrayList<>()).add(r));
    out.open("section", "class", "results").raw("\n").element("h2", "Steps");
    steps.forEach(this::step);
    out.close("section");
  }

  private void step(String step, List<HostResult> results) {
    boolean isCalm = uneasy(results).isEmpty();
    if (isCalm) {
      out.open("details", "class", "steps");
    } else {
      out.open("details", "class", "steps", "open", "open");
    }
    out.open("summary").element("bdi", step, "class", "step");
    for (Status status : ORDER) {
      long count = results.stream().filter(r -> r.status() == status).count();
      if (count > 0) {
        String text = count + " " + Figures.word(status);
        out.text(" ").element("span", text, "class", "pill " + HtmlFailures.mood(status));
      }
    }
    results.stream()
        .map(HostResult::took)
        .max(Comparator.naturalOrder())
        .ifPresent(
            most -> out.text(" ").element("span", "up to " + Figures.time(most), "class", "took"));
    out.close("summary");
    List<HostResult> first = isCalm || results.size() <= MOST_OPEN ? results : uneasy(results);
    table(step, first);
    if (first.size() < results.size()) {
      String others = results.size() - first.size() + " others";
      out.open("details", "class", "others").element("summary", others);
      table(step + ", others", results.stream().filter(r -> !isUneasy(r)).toList());
      out.close("details");
    }
    out.close("details");
  }

  private void table(String step, List<HostResult> results) {
    List<String> head = List.of("Host", "Result", "Time", "What");
    HtmlPage.table(out, head, step, () -> results.forEach(this::row));
  }

  private static List<HostResult> uneasy(List<HostResult> results) {
    return results.stream().filter(HtmlResults::isUneasy).toList();
  }

  /** Whether a person should look at it. */
  private static boolean isUneasy(HostResult result) {
    return ORDER.indexOf(result.status()) < ORDER.indexOf(Status.CHANGED);
  }

  private void row(HostResult result) {
    out.open("tr")
        .element("th", result.host(), "scope", "row", "class", HtmlTables.host(result.host()));
    out.open("td");
    HtmlFailures.pill(out, result.status());
    out.close("td").element("td", Figures.time(result.took()), "class", "figure");
    out.open("td", "class", "what").open("div", "class", "message").lines(result.message());
    out.close("div");
    if (!result.details().isEmpty()) {
      HtmlFailures.details(out, result.details(), "details", false);
    }
    if (result.hint() != null) {
      out.open("p", "class", "advice").element("b", "Next").text(" ");
      out.lines(result.hint()).close("p");
    }
    out.close("td").close("tr");
  }
}
