package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at nodes, and makes others of them: what they say, not where they stand. */
final class NodePath {
  private NodePath() {}

  /** The node at a path of keys; empty where there is none or it says nothing. */
  static Optional<YamlNode> find(YamlNode node, List<String> path) {
    return at(node, path).filter(found -> !found.isNull());
  }

  /** The node at a path of keys, also one that says nothing. */
  static Optional<YamlNode> at(YamlNode node, List<String> path) {
    YamlNode found = node;
    for (String key : path) {
      YamlNode.Field field =
          found instanceof YamlNode.Fields fields ? fields.fields().get(key) : null;
      if (field == null) {
        return Optional.empty();
      }
      found = field.value();
    }
    return Optional.of(found);
  }

  /** The text at a path of keys. */
  static Optional<String> text(YamlNode node, String... path) {
    return find(node, List.of(path))
        .filter(YamlNode.Text.class::isInstance)
        .map(found -> ((YamlNode.Text) found).value());
  }

  /** A mapping with another value at a path; what is no mapping on the way becomes one. */
  static YamlNode.Fields with(YamlNode node, List<String> path, YamlNode value) {
    Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
    if (node instanceof YamlNode.Fields mapping) {
      fields.putAll(mapping.fields());
    }
    String key = path.get(0);
    YamlNode.Field field = fields.get(key);
    YamlNode own = field == null ? mapping(Map.of()) : field.value();
    List<String> rest = path.subList(1, path.size());
    YamlNode changed = rest.isEmpty() ? value : with(own, rest, value);
    fields.put(key, new YamlNode.Field(Position.WHOLE_FILE, changed));
    return new YamlNode.Fields(node.at(), fields);
  }

  /** A text that is one whatever it looks like. */
  static YamlNode.Text scalar(CharSequence value) {
    return new YamlNode.Text(Position.WHOLE_FILE, value.toString(), false, Position.WHOLE_FILE);
  }

  /** A mapping of these fields. */
  static YamlNode.Fields mapping(Map<String, ? extends YamlNode> values) {
    Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
    values.forEach((key, value) -> fields.put(key, new YamlNode.Field(value.at(), value)));
    return new YamlNode.Fields(Position.WHOLE_FILE, fields);
  }

  /** Whether two nodes say the same in the same order. */
  static boolean same(YamlNode a, YamlNode b) {
    if (a instanceof YamlNode.Text one && b instanceof YamlNode.Text other) {
      return one.isNull() ? other.isNull() : !other.isNull() && one.value().equals(other.value());
    } else if (a instanceof YamlNode.Items one && b instanceof YamlNode.Items other) {
      return sameItems(one.items(), other.items());
    } else if (a instanceof YamlNode.Fields one && b instanceof YamlNode.Fields other) {
      return List.copyOf(one.fields().keySet()).equals(List.copyOf(other.fields().keySet()))
          && sameItems(values(one), values(other));
    }
    return false;
  }

  /** Whether all of two lists say the same. */
  static boolean sameItems(List<YamlNode> a, List<YamlNode> b) {
    Iterator<YamlNode> others = b.iterator();
    return a.size() == b.size() && a.stream().allMatch(node -> same(node, others.next()));
  }

  private static List<YamlNode> values(YamlNode.Fields mapping) {
    return mapping.fields().values().stream().map(YamlNode.Field::value).toList();
  }
}
