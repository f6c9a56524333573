package io.hawser.clusterfile;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.clusterfile.GivenImages.Given;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads Clusterfiles with options. Each option returns a new reader; a reader is immutable and
 * thread-safe.
 *
 * <p>All problems, of the text and of the trees that it names, are reported in one {@link
 * ClusterfileException}. Limits: 3 Mi characters, 1,000 documents, 64 aliases, 50 levels, 250,000
 * keys and values; the first 1,000 problems.
 */
public final class ClusterfileReader {
  private final ReadOptions options;

  private ClusterfileReader(ReadOptions options) {
    this.options = options;
  }

  static ClusterfileReader withDefaults() {
    return new ClusterfileReader(ReadOptions.standard());
  }

  /**
   * The directories that hold the images' trees, each a {@link Path}, {@code DIR} or {@code
   * NAME=DIR}, relative to the working directory.
   *
   * <p>A named one is the tree of the mount with that name or imageName, the others are those of
   * the remaining mounts in order. For a Clusterfile without {@code status.mounts} each becomes a
   * mount named like the entry of {@code spec.image} at its place, or else {@code rootfs}; labels
   * and environment come from the {@code Kubefile} or {@code Dockerfile} in it, its type from the
   * labels. Without a type the first is a rootfs.
   *
   * <p>A directory may also hold the tree in {@code rootfs} and its OCI image configuration in
   * {@code image.json}, or the like for each architecture in directories such as {@code amd64}.
   * Archives are unpacked first, by {@code UnpackedImages} of hawser-filesystem.
   *
   * @throws IllegalArgumentException for an element of another type
   */
  public ClusterfileReader images(Collection<?> pathsOrNames) {
    List<Given> given = pathsOrNames.stream().map(Given::of).toList();
    return new ClusterfileReader(options.images(given));
  }

  /**
   * Whether every template of the trees is rendered for every host, and keys that are missing and
   * faults of syntax are problems; true by default.
   */
  public ClusterfileReader strictTemplates(boolean strict) {
    return new ClusterfileReader(options.strictTemplates(strict));
  }

  /**
   * Whether the trees must exist and have the scripts that labels name; true by default. When
   * false, templates are not looked at either.
   */
  public ClusterfileReader checkTrees(boolean check) {
    return new ClusterfileReader(options.checkTrees(check));
  }

  /**
   * Whether what sealos takes no notice of is a warning rather than a problem: unknown fields,
   * roles and kinds, documents without a kind, other versions, Configs for no image of the cluster,
   * keys that values do not have; false by default.
   *
   * @see Clusterfile#warnings()
   */
  public ClusterfileReader lenient(boolean wanted) {
    return new ClusterfileReader(options.lenient(wanted));
  }

  /**
   * Adds values for a Clusterfile that is a Go template, where they are {@code .Values}. Later ones
   * win: mappings are merged key by key, all else is replaced.
   *
   * @param items each a {@link Path} or the name of a YAML file, read when the Clusterfile is, the
   *     {@code byte[]} of a YAML text, or a {@code Map}
   * @throws IllegalArgumentException for an element of another type, and for a URL: nothing is
   *     fetched
   */
  public ClusterfileReader values(Collection<?> items) {
    return with(options.values().with(items));
  }

  /**
   * Sets single values over all others, in the grammar of Helm's {@code --set}: {@code a.b=c},
   * {@code list[0]=x}, {@code a={x,y}}, several with commas between them, a backslash before a
   * character that is meant as it is. {@code true}, {@code false}, {@code null} and decimal whole
   * numbers have their types.
   *
   * @throws IllegalArgumentException if one is none; its value is not shown
   */
  public ClusterfileReader set(Collection<? extends CharSequence> pairs) {
    return with(options.values().with(pairs, true));
  }

  /** As {@link #set}, but every value is a text, as by Helm's {@code --set-string}. */
  public ClusterfileReader setStrings(Collection<? extends CharSequence> pairs) {
    return with(options.values().with(pairs, false));
  }

  private ClusterfileReader with(TemplateValues changed) {
    return new ClusterfileReader(options.values(changed));
  }

  /**
   * What renders the templates of the trees when they are checked; {@link GoTemplates}, which finds
   * all problems of a template at once, unless said. Give {@code Filesystems} and {@code
   * Bootstraps} the same.
   */
  public ClusterfileReader templates(TemplateEngine engine) {
    return new ClusterfileReader(options.templates(engine));
  }

  /**
   * Environment for this call, beside that of the Clusterfile: the cluster that is read has it, and
   * the templates of its trees are checked with it. See {@link Cluster#withCallEnv}.
   */
  public ClusterfileReader callEnv(Map<String, ?> values, EnvOrder order) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    return new ClusterfileReader(options.callEnv(cluster -> cluster.withCallEnv(copy, order)));
  }

  /**
   * Reads a file; trees are resolved against its directory.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public Cluster read(Path file) {
    return load(file).cluster();
  }

  /**
   * Reads a text; trees are resolved against the working directory.
   *
   * @param text the Clusterfile
   * @param name its name in messages
   * @throws ClusterfileException if it has problems
   */
  public Cluster parse(CharSequence text, CharSequence name) {
    return load(text, name).cluster();
  }

  /**
   * Reads a file with all that is in it, also what Hawser does not use itself; trees are resolved
   * against its directory.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public Clusterfile load(Path file) {
    Problems problems = new Problems(file.toString(), options.lenient());
    String text = ClusterfileText.read(file, problems);
    problems.throwIfAny();
    Path directory = file.toAbsolutePath().getParent();
    return load(text, file.toString(), directory == null ? file.toAbsolutePath() : directory, file);
  }

  /**
   * Reads a text with all that is in it; trees are resolved against the working directory.
   *
   * @param text the Clusterfile
   * @param name its name in messages
   * @throws ClusterfileException if it has problems
   */
  public Clusterfile load(CharSequence text, CharSequence name) {
    return load(text.toString(), name.toString(), Path.of("").toAbsolutePath(), null);
  }

  private Clusterfile load(String text, String name, Path directory, @Nullable Path file) {
    Problems problems = new Problems(name, options.lenient());
    Map<String, @Nullable Object> given = options.values().load(problems);
    problems.throwIfAny();
    if (!ClusterfileTemplate.isTemplate(text)) {
      return parse(text, directory, problems, UnaryOperator.identity());
    }
    ClusterfileTemplate template = new ClusterfileTemplate(text, name, given);
    String rendered = template.render(problems);
    if (rendered == null) {
      throw problems.exception();
    }
    return parse(template, rendered, directory, problems).madeOf(file);
  }

  private Clusterfile parse(
      ClusterfileTemplate template, String rendered, Path directory, Problems problems) {
    try {
      Clusterfile read = parse(rendered, directory, problems.copy(), UnaryOperator.identity());
      if (read.warnings().size() == problems.warnings().size()) {
        return read;
      }
    } catch (ClusterfileException e) {
      // Once more, for the places in the template: most of the time they are not needed.
    }
    SourcePlaces places = template.places(rendered).orElse(null);
    return places == null
        ? parse(
            rendered,
            directory,
            problems.withNotes(ClusterfileTemplate.notes(rendered)),
            UnaryOperator.identity())
        : parse(rendered, directory, problems, places);
  }

  private Clusterfile parse(
      String text, Path directory, Problems problems, UnaryOperator<Position> places) {
    List<YamlNode> documents = YamlStream.read(text, problems, places);
    YamlNode.Fields root = DocumentKinds.cluster(documents, problems);
    List<ConfigDocuments.Entry> configs = ConfigDocuments.read(documents, problems);
    if (root == null) {
      problems.throwIfAny();
      throw new IllegalStateException("no document and no problem");
    }
    ClusterDocument document =
        ClusterDocument.read(root, directory, !options.images().isEmpty(), problems);
    List<MountEntry> mounts =
        mounts(document, problems).stream().map(ScriptLabels::withDefaults).toList();
    if (options.checkTrees()) {
      checkTrees(document, mounts, problems);
    }
    configs.forEach(entry -> ConfigDocuments.checkMatch(entry, mounts, problems));
    problems.throwIfAny();
    Cluster cluster =
        document.toCluster(mounts, configs.stream().map(ConfigDocuments.Entry::config).toList());
    Cluster called = options.callEnv().apply(cluster);
    return Clusterfile.of(called, text, problems.warnings());
  }

  private List<MountEntry> mounts(ClusterDocument document, Problems problems) {
    return document.mounts().isEmpty()
        ? GivenImages.mounts(options.images(), document.images(), problems)
        : GivenImages.place(options.images(), document.mounts(), problems);
  }

  private void checkTrees(ClusterDocument document, List<MountEntry> mounts, Problems problems) {
    for (MountEntry mount : mounts) {
      if (!Files.isDirectory(mount.tree())) {
        problems.add(
            mount.treeAt(),
            mount.path() + ".mountPoint",
            mount.tree() + " is not a directory",
            Files.isRegularFile(mount.tree())
                ? "an archive is unpacked before, by UnpackedImages of hawser-filesystem"
                : "unpack the image there, or give the directory of its tree");
      }
    }
    List<MountEntry> present =
        mounts.stream().filter(mount -> Files.isDirectory(mount.tree())).toList();
    ArchitectureCheck architectures = new ArchitectureCheck(document.hosts(), present, problems);
    architectures.check();
    for (List<MountEntry> trees : architectures.perArchitecture()) {
      ScriptLabels.check(trees, problems);
      if (options.strictTemplates()) {
        Cluster provisional = options.callEnv().apply(document.toProvisionalCluster(mounts));
        TemplateCheck.check(provisional, options.templates(), trees, problems);
      }
    }
  }
}
