package io.hawser.examples.installer;

import io.hawser.report.HtmlReport;
import io.hawser.report.Report;
import io.hawser.report.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where else a report is written: as a page for people, as JUnit XML for build servers. */
final class ReportFiles {
  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write the report as a page with a drawing of the cluster to a file")
  private @Nullable Path html;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write the report as JUnit XML to a file")
  private @Nullable Path junit;

  private @Nullable Topology topology;

  ReportFiles() {}

  /** Learns whom a page will be about, and finds files that cannot be written. */
  void check(Topology cluster) {
    topology = cluster;
    OutputFile.check("--html", html);
    OutputFile.check("--junit", junit);
  }

  void write(Report report) throws IOException {
    if (html != null) {
      HtmlReport page = topology == null ? HtmlReport.of(report) : HtmlReport.of(report, topology);
      Files.writeString(html, page.toHtml());
    }
    if (junit != null) {
      Files.writeString(junit, report.toJunitXml());
    }
  }
}
