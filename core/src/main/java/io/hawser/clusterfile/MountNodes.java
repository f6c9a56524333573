package io.hawser.clusterfile;

import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes images as the items of {@code status.mounts}. */
final class MountNodes {
  private MountNodes() {}

  /**
   * The list.
   *
   * @param own the list that is there, or null; of its items with the same name what is not known
   *     is kept
   */
  static YamlNode of(Collection<ImageMount> mounts, @Nullable YamlNode own) {
    List<YamlNode> items = new ArrayList<>();
    mounts.forEach(mount -> items.add(item(mount, own)));
    return new YamlNode.Items(Position.WHOLE_FILE, items);
  }

  private static YamlNode item(ImageMount mount, @Nullable YamlNode own) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    named(mount.name(), own)
        .ifPresent(item -> item.fields().forEach((key, field) -> fields.put(key, field.value())));
    put(fields, "name", mount.name());
    put(fields, "type", mount.type().name().toLowerCase(Locale.ROOT));
    put(fields, "imageName", mount.imageName());
    put(fields, "mountPoint", mount.mountPoint().toString());
    put(fields, "env", mount.env());
    put(fields, "labels", mount.labels());
    put(fields, "cmd", mount.cmd());
    put(fields, "entrypoint", mount.entrypoint());
    return NodePath.mapping(fields);
  }

  private static void put(Map<String, YamlNode> fields, String key, String value) {
    // What says the same stays as it is written.
    boolean same = fields.get(key) instanceof YamlNode.Text text && text.value().equals(value);
    if (!same) {
      fields.put(key, NodePath.scalar(value));
    }
  }

  private static void put(Map<String, YamlNode> fields, String key, Map<String, String> values) {
    if (values.isEmpty()) {
      fields.remove(key);
      return;
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    values.forEach((name, value) -> entries.put(name, NodePath.scalar(value)));
    fields.put(key, NodePath.mapping(entries));
  }

  private static void put(Map<String, YamlNode> fields, String key, List<String> values) {
    boolean same = fields.get(key) instanceof YamlNode.Items list && texts(list).equals(values);
    if (values.isEmpty()) {
      fields.remove(key);
    } else if (!same) {
      List<YamlNode> items = new ArrayList<>();
      values.forEach(value -> items.add(NodePath.scalar(value)));
      fields.put(key, new YamlNode.Items(Position.WHOLE_FILE, items));
    }
  }

  private static List<String> texts(YamlNode.Items list) {
    return list.items().stream()
        .map(item -> item instanceof YamlNode.Text text ? text.value() : "")
        .toList();
  }

  private static Optional<YamlNode.Fields> named(String name, @Nullable YamlNode own) {
    List<YamlNode> items = own instanceof YamlNode.Items list ? list.items() : List.of();
    return items.stream()
        .filter(YamlNode.Fields.class::isInstance)
        .map(YamlNode.Fields.class::cast)
        .filter(item -> NodePath.text(item, "name").equals(Optional.of(name)))
        .findFirst();
  }
}
