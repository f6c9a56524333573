package io.hawser.host;

import io.hawser.report.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came to one host of one tree, by whom it was sent. Thread-safe. */
final class ArrivedBytes {
  /** Several streams run at the same time, so their times are not added up. */
  private record Span(long bytes, long start, long end) {
    Span and(Span other) {
      return new Span(
          bytes + other.bytes,
          start - other.start < 0 ? start : other.start,
          end - other.end > 0 ? end : other.end);
    }
  }

  private final Map<String, Span> spans = new LinkedHashMap<>();

  /**
   * Adds what has come.
   *
   * @param from the address of the host that sent it, or {@link Transfer#CONTROLLER}
   * @param start when it was begun, by {@link System#nanoTime}
   * @param end when the last of it had arrived
   */
  synchronized void add(String from, long bytes, long start, long end) {
    if (bytes > 0) {
      spans.merge(from, new Span(bytes, start, end), Span::and);
    }
  }

  /** The sum for each that sent something. */
  synchronized List<Transfer> transfers(String to, String what) {
    List<Transfer> transfers = new ArrayList<>();
    spans.forEach(
        (from, span) -> {
          Duration took = Duration.ofNanos(Math.max(0, span.end() - span.start()));
          transfers.add(new Transfer(from, to, span.bytes(), took, what));
        });
    return transfers;
  }
}
