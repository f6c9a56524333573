package io.hawser.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of results. */
final class ReportJson {
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
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", 1);
    document.put("succeeded", results.stream().noneMatch(r -> r.status().isFailure()));
    document.put("changed", results.stream().anyMatch(r -> r.status() == Status.CHANGED));
    document.put("results", rows);
    return Json.write(document);
  }
}
