package io.hawser.examples.installer;

import io.hawser.report.Json;
import io.hawser.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is printed where: for people or for programs, much or little. */
final class OutputOptions {
  @Option(
      names = "--json",
      description = "one JSON document on stdout when all is done; everything else on stderr")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "print what failed, to stderr, and nothing else")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "a line for each host and step, also where hosts fared alike")
  private boolean verbose;

  private PrintWriter out = new PrintWriter(Writer.nullWriter());
  private PrintWriter err = new PrintWriter(Writer.nullWriter());
  private boolean known;
  private boolean written;

  OutputOptions() {}

  /** Prints to these from now on, unless it knows already where to. */
  OutputOptions to(PrintWriter newOut, PrintWriter newErr) {
    if (!known) {
      out = newOut;
      err = newErr;
      known = true;
    }
    return this;
  }

  /** Where people read. */
  PrintWriter human() {
    if (quiet) {
      return new PrintWriter(Writer.nullWriter());
    }
    return json ? err : out;
  }

  PrintWriter err() {
    return err;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** A table of what a report says beyond another one, which was printed before. */
  String table(Report before, Report report) {
    if (verbose) {
      return report.toTable();
    }
    return before.results().isEmpty() ? FoldedTable.of(report) : FoldedTable.since(before, report);
  }

  /**
   * Prints the document of this run, if programs are to read it; only the first one counts.
   *
   * @throws IOException if nobody gets it; a person who closes a pipe knows
   */
  void document(String text) throws IOException {
    if (json && !written) {
      written = true;
      out.print(text);
      if (out.checkError()) {
        throw new IOException(
            "the JSON document could not be printed: is stdout closed, or its disk full?");
      }
    }
  }

  /** A document of what ended a run, or of a run that has nothing else to say. */
  static String ending(int status, @Nullable String error) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("formatVersion", 1);
    document.put("succeeded", status == HawserCommand.DONE);
    document.put("exitStatus", status);
    document.put("error", error);
    return Json.write(document);
  }
}
