package io.hawser.report;

import java.util.List;

/** What failed, first of all: what was tried, why, what the host said last, what to do next. */
final class HtmlFailures {
  private static final int OPEN_DETAILS = 5;
  private static final int MOST_OPEN = 10;
  private static final int MOST_LINES = 200;

  private final Markup out;

  HtmlFailures(Markup out) {
    this.out = out;
  }

  void write(List<HostResult> failures) {
    if (failures.isEmpty()) {
      return;
    }
    out.open("section", "id", "failures", "class", "failures").raw("\n");
    out.element("h2", "What failed");
    for (int i = 0; i < failures.size(); i++) {
      if (i == MOST_OPEN) {
        out.open("details").element("summary", (failures.size() - MOST_OPEN) + " more failures");
      }
      failure(failures.get(i), i < OPEN_DETAILS);
    }
    if (failures.size() > MOST_OPEN) {
      out.close("details");
    }
    out.close("section");
  }

  private void failure(HostResult failure, boolean isOpen) {
    out.open("article", "class", "failure").raw("\n").open("h3");
    out.element("bdi", failure.host(), "class", "host").text(" ");
    out.element("bdi", failure.step(), "class", "step").text(" ");
    pill(out, failure.status());
    out.close("h3");
    out.open("p", "class", "message").lines(failure.message()).close("p");
    if (!failure.details().isEmpty()) {
      details(out, failure.details(), "details", isOpen);
    }
    if (failure.field() != null) {
      out.open("p", "class", "advice").element("b", "Look at").text(" ");
      out.element("code", failure.field()).close("p");
    }
    if (failure.hint() != null) {
      out.open("p", "class", "advice").element("b", "Next").text(" ");
      out.lines(failure.hint()).close("p");
    }
    out.close("article");
  }

  static void pill(Markup out, Status status) {
    out.element("span", Figures.word(status), "class", "pill " + mood(status));
  }

  /** Which of the page's colours a status has. */
  static String mood(Status status) {
    return switch (status) {
      case FAILED, UNKNOWN -> "bad";
      case WARNING, NOT_CHECKED -> "warn";
      case CHANGED -> "good";
      case OK, SKIPPED -> "calm";
    };
  }

  /** Lines that can be opened and closed. */
  static void details(Markup out, List<String> lines, String what, boolean isOpen) {
    if (isOpen) {
      out.open("details", "open", "open");
    } else {
      out.open("details");
    }
    String summary = what + " (" + Figures.count(lines.size(), "line", "lines") + ")";
    out.element("summary", summary).open("pre");
    int from = Math.max(0, lines.size() - MOST_LINES);
    if (from > 0) {
      out.text("… " + from + " lines before").raw("\n");
    }
    for (String line : lines.subList(from, lines.size())) {
      out.lines(line).raw("\n");
    }
    out.close("pre").close("details");
  }
}
