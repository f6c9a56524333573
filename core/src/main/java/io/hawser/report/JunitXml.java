package io.hawser.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JUnit XML form of results. */
final class JunitXml {
  private final StringBuilder out = new StringBuilder();

  private JunitXml() {}

  static String of(List<HostResult> results) {
    JunitXml xml = new JunitXml();
    xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hawser\"");
    xml.totals(results);
    Map<String, List<HostResult>> steps = new LinkedHashMap<>();
    for (HostResult result : results) {
      steps.computeIfAbsent(result.step(), step -> new ArrayList<>()).add(result);
    }
    steps.forEach(xml::suite);
    return xml.out.append("</testsuites>\n").toString();
  }

  private void suite(String step, List<HostResult> results) {
    out.append("  <testsuite name=\"").append(XmlText.line(step)).append('"');
    totals(results);
    results.forEach(this::testCase);
    out.append("  </testsuite>\n");
  }

  private void totals(List<HostResult> results) {
    long failed = results.stream().filter(r -> r.status() == Status.FAILED).count();
    long unknown = results.stream().filter(r -> r.status() == Status.UNKNOWN).count();
    long skipped = results.stream().filter(r -> isSkipped(r.status())).count();
    Duration took = results.stream().map(HostResult::took).reduce(Duration.ZERO, Duration::plus);
    out.append(
        String.format(
            Locale.ROOT,
            " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\">\n",
            results.size(),
            failed,
            unknown,
            skipped,
            seconds(took)));
  }

  private void testCase(HostResult result) {
    out.append("    <testcase name=\"").append(XmlText.line(result.host()));
    // What stands before the last dot is taken for a package.
    out.append("\" classname=\"hawser.").append(XmlText.line(result.step()).replace('.', '_'));
    out.append("\" time=\"").append(seconds(result.took())).append("\">\n");
    switch (result.status()) {
      case FAILED -> failure("failure", result);
      case UNKNOWN -> failure("error", result);
      case SKIPPED, NOT_CHECKED ->
          out.append("      <skipped message=\"")
              .append(XmlText.line(result.message()))
              .append("\"/>\n");
      case OK, CHANGED, WARNING -> said(result);
    }
    out.append("    </testcase>\n");
  }

  private void failure(String element, HostResult result) {
    out.append("      <").append(element).append(" message=\"");
    out.append(XmlText.line(result.message())).append("\" type=\"").append(result.status());
    out.append("\">").append(text(result)).append("</").append(element).append(">\n");
  }

  private void said(HostResult result) {
    String text = Figures.word(result.status()) + ": " + result.message();
    out.append("      <system-out>").append(XmlText.lines(text));
    result.details().forEach(line -> out.append('\n').append(XmlText.lines(line)));
    if (result.hint() != null) {
      out.append("\nhint: ").append(XmlText.lines(result.hint()));
    }
    out.append("</system-out>\n");
  }

  private static String text(HostResult result) {
    List<String> lines = new ArrayList<>(List.of(result.message()));
    lines.addAll(result.details());
    if (result.field() != null) {
      lines.add("field: " + result.field());
    }
    if (result.hint() != null) {
      lines.add("hint: " + result.hint());
    }
    return XmlText.lines(String.join("\n", lines));
  }

  private static boolean isSkipped(Status status) {
    return status == Status.SKIPPED || status == Status.NOT_CHECKED;
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
  }
}
