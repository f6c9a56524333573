package io.hawser.report;

import java.time.Duration;
import java.util.Locale;

/** Writes figures for people, the same in every locale. */
final class Figures {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

  private Figures() {}

  /** A duration in seconds with a tenth, as {@code 3.2s}. */
  static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0);
  }

  /** A duration with two or three digits that count, as {@code 48 ms}, {@code 3.2 s}. */
  static String time(Duration took) {
    long millis = took.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 100_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return String.format(Locale.ROOT, "%d min %d s", millis / 60_000, millis / 1000 % 60);
  }

  /** A size, as {@code 82.1 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes / 1024.0;
    int unit = 0;
    while (size >= 999.95 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, size < 100 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }

  /** A rate, as {@code 25.7 MiB/s}; empty when it took no time that can be told. */
  static String rate(long bytes, Duration took) {
    long millis = took.toMillis();
    return millis < 1 ? "" : bytes((long) (bytes * 1000.0 / millis)) + "/s";
  }

  /** How one or several things are called. */
  static String count(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  /** A status in words. */
  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
