package io.hawser.testkit;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scalar values of a CNCF distribution {@code config.yml}, by dotted path.
 *
 * <p>A reader of lines, not of YAML: block mappings indented by blanks, plain and quoted scalars,
 * comments. Lists, flow collections, anchors and texts of several lines are passed over, so they
 * must not hold a key that is asked for.
 */
final class RegistryConfig {
  private static final Pattern LINE =
      Pattern.compile("( *)([A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*') *:(?: +(.*))?");
  private static final Pattern SCALAR =
      Pattern.compile("\"([^\"]*)\" *(?:#.*)?|'([^']*)' *(?:#.*)?|(.*?)(?: +#.*)?");

  private final ImmutableMap<String, String> values;

  private RegistryConfig(Map<String, String> values) {
    this.values = ImmutableMap.copyOf(values);
  }

  /** Reads a configuration. */
  static RegistryConfig parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Deque<Key> open = new ArrayDeque<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              int indent = line.group(1).length();
              while (!open.isEmpty() && open.getLast().indent() >= indent) {
                open.removeLast();
              }
              String parent = open.isEmpty() ? "" : open.getLast().path() + ".";
              Key key = new Key(indent, parent + scalar(line.group(2)));
              open.addLast(key);
              String value = line.group(3) == null ? "" : scalar(line.group(3).strip());
              if (!value.isEmpty() && !value.startsWith("#")) {
                values.put(key.path(), value);
              }
            });
    return new RegistryConfig(values);
  }

  private static String scalar(String text) {
    Matcher matcher = SCALAR.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    for (int group = 1; group <= 3; group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return text;
  }

  /** The value at a dotted path, for example {@code http.addr}. */
  Optional<String> get(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /** The port of {@code http.addr}; the address in it is not looked at. */
  int port() {
    String address = get("http.addr").orElse(":5000");
    String port = address.substring(address.lastIndexOf(':') + 1);
    if (!port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("http.addr \"" + address + "\" ends with no port");
    }
    return Integer.parseInt(port);
  }

  private record Key(int indent, String path) {}
}
