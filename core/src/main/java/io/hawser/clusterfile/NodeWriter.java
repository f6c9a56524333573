package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.YamlNode;
import java.util.regex.Pattern;

/**
 * Writes nodes as YAML in block style. What stood without quotes is written so again if that is
 * safe; all other scalars stand in double quotes.
 */
final class NodeWriter {
  /** What needs no quotes anywhere, as a key or a value, in YAML 1.1 and 1.2. */
  private static final Pattern SAFE =
      Pattern.compile("-?[A-Za-z0-9_./$][A-Za-z0-9_./$+@%=^~-]*(:[A-Za-z0-9_./$+@%=^~-]+)*");

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[^\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\x{10000}-\\x{10ffff}]");

  private final StringBuilder out = new StringBuilder();
  private final String lineEnd;

  private NodeWriter(String lineEnd) {
    this.lineEnd = lineEnd;
  }

  /** The text of a mapping's fields at the left edge; each line with its end. */
  static String block(YamlNode.Fields mapping, String lineEnd) {
    NodeWriter writer = new NodeWriter(lineEnd);
    writer.fields(mapping, 0, false);
    return writer.out.toString();
  }

  /** A scalar on one line. */
  static String scalar(YamlNode.Text text) {
    String value = text.value();
    if (text.isNull()) {
      return "null";
    }
    // A text that looks like something else to YAML 1.1 would be one to sealos.
    boolean plain = SAFE.matcher(value).matches() && (text.plain() || isWord(value));
    return plain ? value : quoted(value);
  }

  private static boolean isWord(String value) {
    return value.matches("[A-Za-z][A-Za-z0-9_./-]*")
        && !value.matches("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");
  }

  private static String quoted(String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"'
        + UNPRINTABLE
            .matcher(escaped)
            .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)))
        + '"';
  }

  private void fields(YamlNode.Fields mapping, int indent, boolean onTheLine) {
    boolean first = onTheLine;
    for (var field : mapping.fields().entrySet()) {
      out.append(first ? "" : " ".repeat(indent)).append(key(field.getKey())).append(':');
      first = false;
      value(field.getValue().value(), indent + 2);
    }
  }

  private static String key(String key) {
    return isWord(key) ? key : quoted(key);
  }

  private void value(YamlNode node, int indent) {
    if (node instanceof YamlNode.Fields mapping && !mapping.fields().isEmpty()) {
      out.append(lineEnd);
      fields(mapping, indent, false);
    } else if (node instanceof YamlNode.Items list && !list.items().isEmpty()) {
      out.append(lineEnd);
      for (YamlNode item : list.items()) {
        out.append(" ".repeat(indent - 2)).append("-");
        item(item, indent);
      }
    } else {
      out.append(' ').append(small(node)).append(lineEnd);
    }
  }

  private void item(YamlNode node, int indent) {
    if (node instanceof YamlNode.Fields mapping && !mapping.fields().isEmpty()) {
      out.append(' ');
      fields(mapping, indent, true);
    } else {
      value(node, indent + 2);
    }
  }

  private static String small(YamlNode node) {
    if (node instanceof YamlNode.Text text) {
      return scalar(text);
    }
    return node instanceof YamlNode.Items ? "[]" : "{}";
  }
}
