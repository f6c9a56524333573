package io.hawser.report;

import io.hawser.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ReportJson} writes. */
final class ReportReader {
  private static final int MOST_FAULTS = 20;

  private ReportReader() {}

  static Report read(String json) {
    Object document = parse(json);
    List<String> faults = new ArrayList<>();
    JsonFields fields = JsonFields.of(document, faults);
    long version = fields.count("formatVersion");
    if (faults.isEmpty() && version != ReportJson.FORMAT_VERSION) {
      // What another version means by the rest is not known.
      throw notReport(
          List.of(
              "formatVersion is "
                  + version
                  + ", and this version of Hawser reads "
                  + ReportJson.FORMAT_VERSION));
    }
    List<HostResult> results = fields.objects("results", false, ReportReader::result);
    if (!faults.isEmpty()) {
      throw notReport(faults);
    }
    return Report.of(results);
  }

  private static @Nullable Object parse(String json) {
    try {
      return JsonText.parseTyped(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a report of Hawser: " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException notReport(List<String> faults) {
    int more = faults.size() - MOST_FAULTS;
    String rest = more > 0 ? "; and " + more + " more" : "";
    String told = String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
    return new IllegalArgumentException("not a report of Hawser: " + told + rest);
  }

  private static HostResult result(JsonFields row, List<String> faults) {
    return new HostResult(
        row.text("host"),
        row.text("step"),
        status(row),
        row.text("message"),
        row.texts("details"),
        row.textOrNull("field"),
        row.textOrNull("hint"),
        Duration.ofMillis(row.count("millis")),
        row.objects("transfers", true, ReportReader::transfer));
  }

  private static Status status(JsonFields row) {
    String word = row.text("status");
    for (Status status : Status.values()) {
      if (status.name().equals(word)) {
        return status;
      }
    }
    if (!word.isEmpty()) {
      row.fault("status", "one of " + Arrays.toString(Status.values()));
    }
    return Status.OK;
  }

  private static Transfer transfer(JsonFields item, List<String> faults) {
    return new Transfer(
        item.text("from"),
        item.text("to"),
        item.count("bytes"),
        Duration.ofMillis(item.count("millis")),
        item.text("what"));
  }
}
