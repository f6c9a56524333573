package io.hawser.clusterfile;

import com.google.common.collect.ImmutableMap;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.spelling.NearestWord;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the known fields out of a mapping; {@link #done()} reports those that nobody asked for. A
 * field that is empty or null counts as absent. A value of the wrong type is reported without being
 * shown.
 */
final class FieldReader {
  /** In order: of two names that are as near the first is meant. */
  private static final Map<String, String> PLACES =
      ImmutableMap.ofEntries(
          Map.entry("image", "spec"),
          Map.entry("hosts", "spec"),
          Map.entry("ssh", "spec or an item of spec.hosts"),
          Map.entry("env", "spec or an item of spec.hosts"),
          Map.entry("ips", "an item of spec.hosts"),
          Map.entry("roles", "an item of spec.hosts"),
          Map.entry("user", "ssh"),
          Map.entry("passwd", "ssh"),
          Map.entry("pk", "ssh"),
          Map.entry("pkData", "ssh"),
          Map.entry("pkPasswd", "ssh"),
          Map.entry("port", "ssh"),
          Map.entry("agent", "ssh"),
          Map.entry("hostKeys", "ssh"),
          Map.entry("jump", "ssh"),
          Map.entry("mounts", "status"),
          Map.entry("mountPoint", "an item of status.mounts"),
          Map.entry("name", "metadata"));

  private final YamlNode.Fields node;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  private FieldReader(YamlNode.Fields node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** A reader of a mapping; anything else is a problem and reads as an empty mapping. */
  static FieldReader of(YamlNode node, String path, Problems problems) {
    if (node instanceof YamlNode.Fields fields) {
      return new FieldReader(fields, path, problems);
    }
    if (!node.isNull()) {
      problems.add(node.at(), path, "expected a mapping, found " + node.described());
    }
    return new FieldReader(new YamlNode.Fields(node.at(), Map.of()), path, problems);
  }

  Position at() {
    return node.at();
  }

  /** The path of a field of this mapping. */
  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  Optional<YamlNode> node(String name) {
    known.add(name);
    YamlNode.Field field = node.fields().get(name);
    return field == null || field.value().isNull() ? Optional.empty() : Optional.of(field.value());
  }

  /** Where a field's value stands, or the mapping itself where the field is absent. */
  Position at(String name) {
    YamlNode.Field field = node.fields().get(name);
    return field == null ? node.at() : field.value().at();
  }

  /** A reader of a field's mapping; of an empty mapping where the field is absent. */
  FieldReader fields(String name) {
    return of(
        node(name).orElseGet(() -> new YamlNode.Fields(at(name), Map.of())), path(name), problems);
  }

  @Nullable String text(String name) {
    YamlNode value = node(name).orElse(null);
    return value == null ? null : text(value, path(name), problems);
  }

  /** The text of a scalar; null, after a problem, for anything else. */
  static @Nullable String text(YamlNode node, String path, Problems problems) {
    if (node instanceof YamlNode.Text text && !node.isNull()) {
      return text.value();
    }
    problems.add(node.at(), path, "expected a text, found " + node.described());
    return null;
  }

  List<YamlNode> items(String name) {
    YamlNode value = node(name).orElse(null);
    if (value instanceof YamlNode.Items list) {
      return list.items();
    }
    if (value != null) {
      problems.add(
          value.at(),
          path(name),
          "expected a list, found " + value.described(),
          "start each item with \"- \"");
    }
    return List.of();
  }

  /** All entries as texts, an empty value as the empty text; every key is known here. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    node.fields()
        .forEach(
            (key, field) -> {
              String text = field.value().isNull() ? "" : text(field.value(), path(key), problems);
              if (text != null) {
                texts.put(key, text);
              }
            });
    return texts;
  }

  void accept(String... names) {
    known.addAll(List.of(names));
  }

  void done() {
    node.fields()
        .forEach(
            (key, field) -> {
              if (!problems.isFull() && !known.contains(key) && !key.equals("<<")) {
                problems.warn(field.keyAt(), path(key), "unknown field", hint(key));
              }
            });
  }

  private String hint(String key) {
    String longer = spelledOut(key);
    if (!longer.isEmpty()) {
      return "did you mean \"" + longer + "\"?";
    }
    String elsewhere = NearestWord.to(key, PLACES.keySet()).orElse("");
    if (elsewhere.isEmpty() || NearestWord.to(key, known).isPresent()) {
      return NearestWord.hint(key, known);
    }
    String place = "belongs in " + PLACES.get(elsewhere);
    return elsewhere.equals(key)
        ? "it " + place
        : "did you mean \"" + elsewhere + "\"? That " + place;
  }

  /** The known field of which this is a longer form, as environment of env; empty if none is. */
  private String spelledOut(String key) {
    return known.stream()
        .filter(name -> name.length() >= 3 && key.length() > name.length() + 2)
        .filter(name -> key.regionMatches(true, 0, name, 0, name.length()))
        .findFirst()
        .orElse("");
  }
}
