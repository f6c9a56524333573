package io.hawser.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of results; {@link ReportReader} reads it. */
final class ReportJson {
  static final int FORMAT_VERSION = 1;

  private ReportJson() {}

  static String of(List<HostResult> results) {
    List<Object> rows = new ArrayList<>();
    for (HostResult result : results) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("host", result.host());
      row.put("step", result.step());
      row.put("status", result.status().name());
      row.put("message", result.message());
      row.put("details", result.details());
      row.put("field", result.field());
      row.put("hint", result.hint());
      row.put("millis", result.took().toMillis());
      row.put("transfers", result.transfers().stream().map(ReportJson::transfer).toList());
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", FORMAT_VERSION);
    document.put("succeeded", results.stream().noneMatch(r -> r.status().isFailure()));
    document.put("changed", results.stream().anyMatch(r -> r.status() == Status.CHANGED));
    document.put("results", rows);
    return Json.write(document);
  }

  private static Map<String, Object> transfer(Transfer transfer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", transfer.from());
    map.put("to", transfer.to());
    map.put("bytes", transfer.bytes());
    map.put("millis", transfer.took().toMillis());
    map.put("what", transfer.what());
    return map;
  }
}
