package io.hawser.filesystem.image;

import io.hawser.cluster.Config;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import io.hawser.host.TreeOption;
import io.hawser.template.TemplateEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tree of an image as hosts get it: without {@code registry/}, whose content goes to registry
 * hosts only, and with the templates in {@code etc/}, {@code scripts/} and {@code manifests/}
 * rendered for the host. Immutable; digests of the files that all hosts share are computed once.
 */
public final class ImageTree {
  private static final List<String> TEMPLATE_DIRECTORIES =
      List.of("etc/", "scripts/", "manifests/");
  private static final List<String> TEMPLATE_SUFFIXES = List.of(".tmpl", ".tpl");

  /** The permission bits of a file's owner. */
  private static final int OWNERS = 0700;

  private final ImageMount image;
  private final FileTree plain;
  private final FileTree templates;

  private ImageTree(ImageMount image, FileTree files) {
    this.image = image;
    this.templates = files.only(ImageTree::isTemplate);
    this.plain = templates.files().isEmpty() ? files : files.only(file -> !isTemplate(file));
  }

  /**
   * Reads what lies in the image's directory; contents are read later, when they are sent.
   *
   * @param configs what is done to its files, after what the {@code config.yml} in its root says
   * @param options what of it is sent beyond the default
   * @throws io.hawser.clusterfile.ClusterfileException if its {@code config.yml} has problems
   * @throws IllegalArgumentException naming image, config and file if one cannot be applied, or the
   *     image's directory if there is none
   * @throws UncheckedIOException if the directory cannot be read or holds something that cannot be
   *     sent, such as a device or a name with a line break
   */
  public static ImageTree of(ImageMount image, List<Config> configs, Set<TreeOption> options) {
    if (!Files.isDirectory(image.mountPoint())) {
      throw new IllegalArgumentException(
          "image " + image.name() + ": " + image.mountPoint() + " is not a directory");
    }
    try {
      FileTree files = FileTree.scan(image.mountPoint(), path -> !path.equals("registry"), options);
      List<Config> all = new ArrayList<>(defaults(image));
      all.addAll(configs);
      return new ImageTree(image, ConfiguredFiles.apply(files, image, all));
    } catch (IOException e) {
      throw new UncheckedIOException("image " + image.name() + ": " + e.getMessage(), e);
    }
  }

  /** What the image itself says about its files. */
  private static List<Config> defaults(ImageMount image) {
    Path file = image.mountPoint().resolve("config.yml");
    return Files.isRegularFile(file) ? Clusterfiles.configs(file) : List.of();
  }

  /**
   * The tree for one host.
   *
   * @param values what its templates see
   * @param secrets the names of the values that are secrets: what a template that names one becomes
   *     is for its owner only, whatever the mode of the template
   * @param engine what renders them
   * @throws io.hawser.template.TemplateException if a template cannot be rendered
   */
  public FileTree render(
      Map<String, ?> values, Collection<? extends CharSequence> secrets, TemplateEngine engine) {
    List<TreeFile> rendered = new ArrayList<>();
    templates.files().forEach(file -> rendered.add(rendered(file, values, secrets, engine)));
    // A rendered file wins over a plain one of its name, which an earlier rendering left behind.
    return plain.with(FileTree.of(rendered));
  }

  private static boolean isTemplate(TreeFile file) {
    return file.type() == TreeFile.Type.FILE
        && TEMPLATE_DIRECTORIES.stream().anyMatch(file.path()::startsWith)
        && TEMPLATE_SUFFIXES.stream().anyMatch(file.path()::endsWith);
  }

  private TreeFile rendered(
      TreeFile file,
      Map<String, ?> values,
      Collection<? extends CharSequence> secrets,
      TemplateEngine engine) {
    String name = image.mountPoint().resolve(file.path()).toString();
    String text;
    try (InputStream in = file.open()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
    }
    String output = engine.render(text, name, values);
    String path = file.path().substring(0, file.path().lastIndexOf('.'));
    boolean secret = secrets.stream().anyMatch(text::contains);
    return TreeFile.text(path, secret ? file.mode() & OWNERS : file.mode(), output);
  }
}
