package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run leaves its report in the forms that were asked for, also when it fails. */
class ReportFilesTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aFailedRunLeavesAPageJunitXmlAndJson() throws IOException {
    Path html = directory.resolve("run.html");
    Path junit = directory.resolve("run.xml");
    Path json = directory.resolve("run.json");
    int status = run("--html", html.toString(), "--junit", junit.toString(), "--report", "" + json);
    assertThat(status).as("%s%s", out, err).isEqualTo(1);
    assertThat(html).content().contains("Cluster one: failed on 1 of 1 host", "https, port 5000");
    assertThat(junit).content().contains("<failure message=\"nothing listens on port 1");
    assertThat(Report.fromJson(Files.readString(json)).failures()).isNotEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenIsFoundBeforeAnyHostIsContacted() throws IOException {
    assertThat(run("--html", "/nowhere/run.html")).isEqualTo(2);
    assertThat(err.toString()).contains("--html /nowhere/run.html: /nowhere is not a directory");
    assertThat(out.toString()).isEmpty();
  }

  /** A host of this machine on whose port nobody listens. */
  private int run(String... options) throws IOException {
    Path file = directory.resolve("Clusterfile");
    Files.writeString(
        file,
        """
        kind: Cluster
        metadata: {name: one}
        spec:
          ssh: {passwd: x, port: 1}
          hosts: [{ips: [127.0.0.1], roles: [master]}]
        """);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "preflight";
    arguments[1] = "-f";
    arguments[2] = file.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return HawserCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
