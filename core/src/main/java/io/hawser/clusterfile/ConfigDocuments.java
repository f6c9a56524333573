package io.hawser.clusterfile;

import io.hawser.cluster.Config;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import io.hawser.spelling.NearestWord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of kind Config of a stream, in the format of sealos. Of two with one name the later
 * counts, at the place of the earlier.
 */
final class ConfigDocuments {
  private static final List<String> STRATEGIES =
      Arrays.stream(Config.Strategy.values()).map(Config.Strategy::word).toList();

  /** A Config, and where its document names the image. */
  record Entry(Config config, Position matchAt) {}

  private ConfigDocuments() {}

  /** Reads those among these documents; the others are passed over. */
  static List<Entry> read(List<YamlNode> documents, Problems problems) {
    Map<String, Entry> byName = new LinkedHashMap<>();
    for (YamlNode document : documents) {
      if (document instanceof YamlNode.Fields fields && isConfig(fields)) {
        Entry entry = read(fields, problems);
        if (entry != null) {
          byName.put(entry.config().name(), entry);
        }
      }
    }
    return List.copyOf(byName.values());
  }

  /** Warns of one that is for no image of the cluster. */
  static void checkMatch(Entry entry, List<MountEntry> mounts, Problems problems) {
    String match = entry.config().match();
    List<String> names = mounts.stream().map(mount -> mount.toMount().imageName()).toList();
    if (!match.isEmpty() && !names.contains(match)) {
      problems.warn(
          entry.matchAt(),
          "spec.match",
          "no image of the cluster is called \"" + match + "\"",
          NearestWord.hint(match, names));
    }
  }

  private static boolean isConfig(YamlNode.Fields document) {
    YamlNode.Field kind = document.fields().get("kind");
    return kind != null
        && kind.value() instanceof YamlNode.Text text
        && text.value().equals("Config");
  }

  private static @Nullable Entry read(YamlNode.Fields document, Problems problems) {
    FieldReader root = FieldReader.of(document, "", problems);
    root.accept("kind");
    ClusterDocument.apiVersion(root, "Config", problems);
    FieldReader metadata = root.fields("metadata");
    String name = required(metadata, "name", problems);
    metadata.accept("creationTimestamp", "namespace", "labels", "annotations");
    metadata.done();
    FieldReader spec = root.fields("spec");
    String path = path(spec, problems);
    Config.Strategy strategy = strategy(spec, problems);
    String match = orEmpty(spec.text("match"));
    String data = orEmpty(spec.text("data"));
    if (strategy == Config.Strategy.MERGE) {
      checkMapping(spec, data, problems);
    }
    spec.done();
    root.accept("status");
    root.done();
    return name == null || path == null || strategy == null
        ? null
        : new Entry(new Config(name, match, path, strategy, data), spec.at("match"));
  }

  private static @Nullable String required(FieldReader fields, String name, Problems problems) {
    String text = fields.text(name);
    if (text == null && fields.node(name).isEmpty()) {
      problems.add(fields.at(name), fields.path(name), "is required");
    }
    return text;
  }

  private static @Nullable String path(FieldReader spec, Problems problems) {
    String path = required(spec, "path", problems);
    if (path == null || Config.isPath(path)) {
      return path;
    }
    problems.add(
        spec.at("path"),
        spec.path("path"),
        "is no path below the image's root",
        "write it relative, without \".\" and \"..\", and not below registry/: etc/config.yaml");
    return null;
  }

  /** What sealos calls nothing or "unset" replaces the file. */
  private static Config.@Nullable Strategy strategy(FieldReader spec, Problems problems) {
    String word = orEmpty(spec.text("strategy"));
    if (word.isEmpty() || word.equals("unset")) {
      return Config.Strategy.OVERRIDE;
    }
    Config.Strategy strategy = Config.Strategy.of(word).orElse(null);
    if (strategy == null) {
      problems.add(
          spec.at("strategy"),
          spec.path("strategy"),
          "unknown strategy \"" + word + "\"",
          NearestWord.hint(word, STRATEGIES));
    }
    return strategy;
  }

  private static void checkMapping(FieldReader spec, String data, Problems problems) {
    Problems inside = new Problems("");
    List<YamlNode> documents = YamlStream.read(data, inside);
    if (inside.any() || documents.size() != 1 || !(documents.get(0) instanceof YamlNode.Fields)) {
      problems.add(
          spec.at("data"),
          spec.path("data"),
          "strategy merge needs one YAML mapping",
          "use override, insert or append for other texts");
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
