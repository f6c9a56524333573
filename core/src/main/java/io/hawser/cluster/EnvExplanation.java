package io.hawser.cluster;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the scripts and templates of a host see, and where each value comes from. Plain data,
 * serialisable; values that look like secrets, by their name or as part of a URL, are stars.
 *
 * @param host the host's address
 * @param values the values, in the order in which they were first named
 * @param warnings what was given and is ignored
 */
public record EnvExplanation(String host, List<Value> values, List<String> warnings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A value that one source gives.
   *
   * @param source {@code image NAME}, {@code call}, {@code spec.env}, {@code spec.hosts[].env} or
   *     {@code computed}
   * @param value the value, or stars
   */
  public record Origin(String source, String value) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return source + ": " + value;
    }
  }

  /**
   * A variable.
   *
   * @param name its name
   * @param value its value, or stars
   * @param source what gives it
   * @param beaten what else would have, the nearest first; an earlier value of the same source too
   */
  public record Value(String name, String value, String source, List<Origin> beaten)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public Value {
      beaten = List.copyOf(beaten);
    }

    static Value of(String name, List<Origin> highestFirst) {
      Origin winner = highestFirst.get(0);
      return new Value(
          name, winner.value(), winner.source(), highestFirst.subList(1, highestFirst.size()));
    }
  }

  /** Copies the lists. */
  public EnvExplanation {
    values = List.copyOf(values);
    warnings = List.copyOf(warnings);
  }

  /** For people: one line per value, what it beat below it, warnings last; ends with a newline. */
  public String toTable() {
    int names = values.stream().mapToInt(value -> value.name().length()).max().orElse(0);
    int sources = values.stream().mapToInt(value -> value.source().length()).max().orElse(0);
    StringBuilder out = new StringBuilder("environment of ").append(host).append('\n');
    for (Value value : values) {
      out.append(padded(value.name(), names)).append("  ").append(padded(value.source(), sources));
      out.append("  ").append(oneLine(value.value())).append('\n');
      for (Origin origin : value.beaten()) {
        out.append("  beats ").append(oneLine(origin.toString())).append('\n');
      }
    }
    warnings.forEach(warning -> out.append("warning: ").append(oneLine(warning)).append('\n'));
    return out.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** A value must not move the reader's cursor or look like another line. */
  private static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                out.append("\\n");
              } else if (Character.isISOControl(c)) {
                out.append(String.format("\\x%02x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** As maps and lists of texts, for {@code io.hawser.report.Json} and the like. */
  public Map<String, Object> toMap() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", 1);
    document.put("host", host);
    document.put("values", values.stream().map(EnvExplanation::map).toList());
    document.put("warnings", warnings);
    return document;
  }

  private static Map<String, Object> map(Value value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", value.name());
    map.put("value", value.value());
    map.put("source", value.source());
    map.put(
        "beaten",
        value.beaten().stream()
            .map(origin -> Map.of("source", origin.source(), "value", origin.value()))
            .toList());
    return map;
  }

  @Override
  public String toString() {
    return toTable();
  }
}
