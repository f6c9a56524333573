package io.hawser.filesystem.image;

import io.hawser.cluster.Config;
import io.hawser.cluster.ImageMount;
import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image that Configs change. The image's directory stays as it is: what becomes of
 * a file is laid over the tree.
 */
final class ConfiguredFiles {
  private static final int NEW_FILE = 0644;

  private final ImageMount image;
  private final Map<String, TreeFile> there;
  private final Map<String, TreeFile> changed = new LinkedHashMap<>();

  private ConfiguredFiles(ImageMount image, Map<String, TreeFile> there) {
    this.image = image;
    this.there = there;
  }

  /**
   * The tree with the changes of those configs that are for the image, one after the other.
   *
   * @throws IllegalArgumentException naming image, config and file if one cannot be applied
   */
  static FileTree apply(FileTree tree, ImageMount image, List<Config> configs) {
    List<Config> own = configs.stream().filter(config -> config.matches(image)).toList();
    if (own.isEmpty()) {
      return tree;
    }
    Map<String, TreeFile> there =
        tree.only(file -> own.stream().anyMatch(config -> isAbout(config, file))).files().stream()
            .collect(Collectors.toMap(TreeFile::path, file -> file));
    ConfiguredFiles files = new ConfiguredFiles(image, there);
    own.forEach(files::apply);
    return tree.with(FileTree.of(files.changed.values()));
  }

  /** The template of the file is looked for only to say so. */
  private static boolean isAbout(Config config, TreeFile file) {
    return file.path().equals(config.path()) || file.path().equals(config.path() + ".tmpl");
  }

  private void apply(Config config) {
    String path = config.path();
    TreeFile file = changed.getOrDefault(path, there.get(path));
    if (file != null && file.type() != TreeFile.Type.FILE) {
      throw refused(config, "is no file in the image, but a " + word(file), null);
    }
    try {
      String text = config.applyTo(file == null ? null : read(file));
      changed.put(path, TreeFile.text(path, file == null ? NEW_FILE : file.mode(), text));
    } catch (IllegalArgumentException e) {
      boolean template = file == null && there.containsKey(path + ".tmpl");
      throw refused(config, e.getMessage() + (template ? "; it has " + path + ".tmpl" : ""), e);
    }
  }

  private String read(TreeFile file) {
    try (InputStream in = file.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "image " + image.name() + ": cannot read " + file.path() + ": " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException refused(Config config, String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "image " + image.name() + ": " + config + ": " + config.path() + " " + why, cause);
  }

  private static String word(TreeFile file) {
    return file.type() == TreeFile.Type.DIRECTORY ? "directory" : "link";
  }
}
