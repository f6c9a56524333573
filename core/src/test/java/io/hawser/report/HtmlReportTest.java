package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class HtmlReportTest {
  /** Whatever a text could do to a page, and every character that XML cannot hold. */
  static String hostile() {
    StringBuilder all = new StringBuilder("</title></style></svg><script>alert(1)</script>");
    all.append("\" onload=\"alert(2)\" ' style='background:url(//evil)' <!-- ]]> &lt; &#60; \\ ");
    for (int c = 0; c < 0x180; c++) {
      all.append((char) c);
    }
    all.append("\u202e\u2066\u200f\u2028\ufeff\uffff\ufffe\ud800x\udc00 \ud83d\ude00");
    return all.toString();
  }

  private static Report hostileReport(String text) {
    List<HostResult> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      Transfer sent = new Transfer(text + 1, text, 7, Duration.ofDays(3), text);
      rows.add(
          HostResult.of(text, text, status, text)
              .details(List.of(text, text))
              .advice(text, text)
              .transfers(List.of(sent, new Transfer(text + 2, text, 0, Duration.ZERO, text))));
    }
    return Report.of(rows);
  }

  @Test
  void whateverHostsSayStaysTextOnAPageThatLoadsAndRunsNothing() {
    String text = hostile();
    List<String> order = List.of(text, text);
    Topology topology =
        Topology.of(
            text,
            List.of(
                new Topology.Member(text, List.of(text, text), text, order),
                new Topology.Member(text + "!", List.of(text), null, order)));
    for (HtmlReport page :
        List.of(
            HtmlReport.of(hostileReport(text)),
            HtmlReport.of(hostileReport(text), topology).title(text))) {
      ParsedPage parsed = ParsedPage.of(page.toHtml());
      parsed.loadsAndRunsNothing();
      assertThat(parsed.text()).contains("alert(1)").contains("\\u202e").contains("\\x1b");
      assertThat(parsed.text()).doesNotContain("\u202e").doesNotContain("\u001b");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "1,2", "3,2", "3,47", "5,20", "12,0", "0,50", "50,0"})
  void clustersOfEverySizeHaveAPage(int replicas, int nodes) {
    Topology topology = SampleRuns.topology(replicas, nodes);
    for (Report report : List.of(Report.empty(), SampleRuns.run(topology, 0, 1))) {
      ParsedPage.of(HtmlReport.of(report, topology).toHtml()).loadsAndRunsNothing();
      ParsedPage.of(HtmlReport.of(report).toHtml()).loadsAndRunsNothing();
    }
  }

  @Test
  void failuresComeFirstWithWhatTheHostSaidAndWhatToDo() {
    Topology topology = SampleRuns.topology(3, 2);
    ParsedPage page = ParsedPage.of(HtmlReport.of(SampleRuns.run(topology, 1), topology).toHtml());
    Element failures = page.byId("failures");
    assertThat(failures.getTextContent())
        .contains("10.0.20.2", "init.sh exited 1", "ERROR: containerd did not come up")
        .contains("spec.hosts[3]", "look at its journal")
        .doesNotContain("10.0.20.1");
    assertThat(page.text()).contains("failed on 1 of 5 hosts");
    assertThat(page.title()).isEqualTo("Cluster production: failed on 1 of 5 hosts");
  }

  @Test
  void theDrawingSaysItsEdgesInWordsToo() {
    Topology topology = SampleRuns.topology(2, 1);
    ParsedPage page = ParsedPage.of(HtmlReport.of(SampleRuns.run(topology), topology).toHtml());
    assertThat(page.byId("drawing-words").getTextContent())
        .contains("controller sent Registry R1 on 10.0.10.11 3.0 GiB in 4.1 s: distribute.")
        .contains("10.0.10.11 sent Registry R2 on 10.0.10.12 3.0 GiB in 4.1 s: distribute.")
        .contains("controller sent 10.0.20.1 412 MiB in 4.1 s: mount.")
        .contains("10.0.20.1: node, asks R1, R2, 4 changes.");
    assertThat(page.svgText()).contains("3.0 GiB in 4.1 s").contains("412 MiB in 4.1 s");
  }

  @Test
  void manyHostsThatAskAlikeAreOneBoxAndAllAreNamed() {
    Topology topology = SampleRuns.topology(3, 47);
    ParsedPage page = ParsedPage.of(HtmlReport.of(SampleRuns.run(topology, 4), topology).toHtml());
    assertThat(page.svgText()).contains("16 hosts", "15 hosts", "1 failed");
    for (Topology.Member member : topology.members()) {
      assertThat(page.text()).contains(member.address());
    }
  }

  @Test
  void longOutputIsCutAndThePageSaysSo() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add("line " + i + " " + "x".repeat(10_000));
    }
    HostResult row = HostResult.of("h", "s", Status.FAILED, "m".repeat(50_000)).details(lines);
    String page = HtmlReport.of(Report.of(List.of(row))).toHtml();
    assertThat(page.length()).isLessThan(4_000_000);
    assertThat(ParsedPage.of(page).text())
        .contains("line 999", "line 800", "800 lines before", "46000 characters more")
        .doesNotContain("line 799");
  }

  @Test
  void theSameReportGivesTheSamePage() {
    Topology topology = SampleRuns.topology(3, 5);
    String page = HtmlReport.of(SampleRuns.run(topology), topology).toHtml();
    assertThat(HtmlReport.of(SampleRuns.run(topology), topology).toHtml()).isEqualTo(page);
    Report read = Report.fromJson(SampleRuns.run(topology).toJson());
    assertThat(HtmlReport.of(read, topology).toHtml()).isEqualTo(page);
  }

  @Test
  void tablesHaveHeadersAndTheDrawingATitle() {
    Topology topology = SampleRuns.topology(3, 5);
    ParsedPage page = ParsedPage.of(HtmlReport.of(SampleRuns.run(topology), topology).toHtml());
    page.isAccessible();
  }
}
