package io.hawser.clusterfile;

import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.spelling.NearestWord;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code status.mounts}. */
final class MountFields {
  static final List<String> TYPE_LABELS = List.of("sealos.io.type", "apps.sealos.io/type");
  private static final List<String> TYPES = List.of("rootfs", "patch", "application");

  private MountFields() {}

  /**
   * The images in order; relative trees are resolved against a directory.
   *
   * @param named whether the directory of an image may be left out, since it is given otherwise
   */
  static List<MountEntry> read(
      FieldReader status, Path directory, boolean named, Problems problems) {
    List<MountEntry> mounts = new ArrayList<>();
    Map<String, Position> names = new HashMap<>();
    List<YamlNode> entries = status.items("mounts");
    for (int i = 0; i < entries.size(); i++) {
      String path = status.path("mounts") + "[" + i + "]";
      FieldReader entry = FieldReader.of(entries.get(i), path, problems);
      MountEntry mount = entry(entry, path, directory, named, problems);
      Position earlier = names.putIfAbsent(mount.name(), entry.at("name"));
      if (earlier != null && !mount.name().isEmpty()) {
        problems.add(
            entry.at("name"),
            entry.path("name"),
            "two mounts are named \""
                + mount.name()
                + "\": at "
                + earlier
                + " and "
                + entry.at("name"));
      }
      mounts.add(mount);
    }
    return mounts;
  }

  private static MountEntry entry(
      FieldReader entry, String path, Path directory, boolean named, Problems problems) {
    FieldReader labels = entry.fields("labels");
    Map<String, String> labelTexts = labels.texts();
    Map<String, Position> labelsAt = new HashMap<>();
    labelTexts.keySet().forEach(label -> labelsAt.put(label, labels.at(label)));
    MountEntry mount =
        new MountEntry(
            required(entry, "name", problems),
            type(entry, labels, labelTexts, problems),
            Optional.ofNullable(entry.text("imageName")).orElse(""),
            tree(entry, directory, named, problems),
            EnvFields.mapping(entry.fields("env"), problems),
            labelTexts,
            path,
            entry.at(),
            entry.at("mountPoint"),
            labelsAt,
            texts(entry, "entrypoint", problems),
            texts(entry, "cmd", problems),
            Map.of());
    entry.done();
    return mount.tree().equals(directory)
        ? mount
        : mount.withTrees(ImageDirectory.at(mount.tree(), problems));
  }

  private static List<String> texts(FieldReader entry, String field, Problems problems) {
    List<String> texts = new ArrayList<>();
    List<YamlNode> items = entry.items(field);
    for (int i = 0; i < items.size(); i++) {
      String text = FieldReader.text(items.get(i), entry.path(field) + "[" + i + "]", problems);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static String required(FieldReader entry, String field, Problems problems) {
    String text = entry.text(field);
    if (text == null && entry.node(field).isEmpty()) {
      problems.add(entry.at(field), entry.path(field), "is required");
    }
    return text == null ? "" : text;
  }

  private static Path tree(FieldReader entry, Path directory, boolean named, Problems problems) {
    String text =
        named
            ? Optional.ofNullable(entry.text("mountPoint")).orElse("")
            : required(entry, "mountPoint", problems);
    try {
      return directory.resolve(text).normalize();
    } catch (InvalidPathException e) {
      problems.add(entry.at("mountPoint"), entry.path("mountPoint"), "is not a path");
      return directory;
    }
  }

  private static ImageType type(
      FieldReader entry, FieldReader labels, Map<String, String> labelTexts, Problems problems) {
    String field = entry.text("type");
    if (field != null && !field.isEmpty()) {
      return type(field, entry.at("type"), entry.path("type"), problems);
    }
    for (String label : TYPE_LABELS) {
      String text = labelTexts.get(label);
      if (text != null && !text.isEmpty()) {
        return type(text, labels.at(label), labels.path(label), problems);
      }
    }
    return ImageType.APPLICATION;
  }

  private static ImageType type(String text, Position at, String path, Problems problems) {
    if (TYPES.contains(text)) {
      return ImageType.valueOf(text.toUpperCase(Locale.ROOT));
    }
    problems.add(at, path, "unknown type of image \"" + text + "\"", NearestWord.hint(text, TYPES));
    return ImageType.APPLICATION;
  }

  /** The type that labels name, or null when none does. */
  static @Nullable ImageType type(Map<String, String> labels, String path, Problems problems) {
    for (String label : TYPE_LABELS) {
      String text = labels.getOrDefault(label, "");
      if (!text.isEmpty()) {
        return type(text, Position.WHOLE_FILE, path, problems);
      }
    }
    return null;
  }
}
