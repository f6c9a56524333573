package io.hawser.clusterfile;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.clusterfile.GivenImages.Given;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import io.hawser.spelling.NearestWord;
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
 * ClusterfileException}. Limits: 3 MiB characters, 1,000 documents, 64 aliases, 50 levels.
 */
public final class ClusterfileReader {
  private static final List<String> KINDS =
      List.of(
          "Cluster",
          "Config",
          "InitConfiguration",
          "JoinConfiguration",
          "ClusterConfiguration",
          "ResetConfiguration",
          "UpgradeConfiguration",
          "KubeletConfiguration",
          "KubeProxyConfiguration");

  private final ImmutableList<Given> images;
  private final boolean strictTemplates;
  private final boolean checkTrees;
  private final TemplateEngine templates;
  private final UnaryOperator<Cluster> callEnv;

  private ClusterfileReader(
      List<Given> images,
      boolean strictTemplates,
      boolean checkTrees,
      TemplateEngine templates,
      UnaryOperator<Cluster> callEnv) {
    this.images = ImmutableList.copyOf(images);
    this.strictTemplates = strictTemplates;
    this.checkTrees = checkTrees;
    this.templates = templates;
    this.callEnv = callEnv;
  }

  static ClusterfileReader withDefaults() {
    return new ClusterfileReader(
        List.of(), true, true, GoTemplates.standard().strict(true), cluster -> cluster);
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
   * @throws IllegalArgumentException for an element of another type
   */
  public ClusterfileReader images(Collection<?> pathsOrNames) {
    List<Given> given = pathsOrNames.stream().map(Given::of).toList();
    return new ClusterfileReader(given, strictTemplates, checkTrees, templates, callEnv);
  }

  /**
   * Whether every template of the trees is rendered for every host, and keys that are missing and
   * faults of syntax are problems; true by default.
   */
  public ClusterfileReader strictTemplates(boolean strict) {
    return new ClusterfileReader(images, strict, checkTrees, templates, callEnv);
  }

  /**
   * Whether the trees must exist and have the scripts that labels name; true by default. When
   * false, templates are not looked at either.
   */
  public ClusterfileReader checkTrees(boolean check) {
    return new ClusterfileReader(images, strictTemplates, check, templates, callEnv);
  }

  /**
   * What renders the templates of the trees when they are checked; {@link GoTemplates}, which finds
   * all problems of a template at once, unless said. Give {@code Filesystems} and {@code
   * Bootstraps} the same.
   */
  public ClusterfileReader templates(TemplateEngine engine) {
    return new ClusterfileReader(images, strictTemplates, checkTrees, engine, callEnv);
  }

  /**
   * Environment for this call, beside that of the Clusterfile: the cluster that is read has it, and
   * the templates of its trees are checked with it. See {@link Cluster#withCallEnv}.
   */
  public ClusterfileReader callEnv(Map<String, ?> values, EnvOrder order) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    return new ClusterfileReader(
        images,
        strictTemplates,
        checkTrees,
        templates,
        cluster -> cluster.withCallEnv(copy, order));
  }

  /**
   * Reads a file; trees are resolved against its directory.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public Cluster read(Path file) {
    Problems problems = new Problems(file.toString());
    String text = ClusterfileText.read(file, problems);
    problems.throwIfAny();
    Path directory = file.toAbsolutePath().getParent();
    return parse(text, directory == null ? file.toAbsolutePath() : directory, problems);
  }

  /**
   * Reads a text; trees are resolved against the working directory.
   *
   * @param text the Clusterfile
   * @param name its name in messages
   * @throws ClusterfileException if it has problems
   */
  public Cluster parse(CharSequence text, CharSequence name) {
    Path directory = Path.of("").toAbsolutePath();
    return parse(text.toString(), directory, new Problems(name.toString()));
  }

  private Cluster parse(String text, Path directory, Problems problems) {
    List<YamlNode> documents = YamlStream.read(text, problems);
    YamlNode.Fields root = clusterIn(documents, problems);
    List<ConfigDocuments.Entry> configs = ConfigDocuments.read(documents, problems);
    if (root == null) {
      problems.throwIfAny();
      throw new IllegalStateException("no document and no problem");
    }
    ClusterDocument document = ClusterDocument.read(root, directory, !images.isEmpty(), problems);
    List<MountEntry> mounts =
        mounts(document, problems).stream().map(ScriptLabels::withDefaults).toList();
    if (checkTrees) {
      checkTrees(document, mounts, problems);
    }
    configs.forEach(entry -> checkMatch(entry, mounts, problems));
    problems.throwIfAny();
    return callEnv.apply(
        document.toCluster(mounts, configs.stream().map(ConfigDocuments.Entry::config).toList()));
  }

  private static void checkMatch(
      ConfigDocuments.Entry entry, List<MountEntry> mounts, Problems problems) {
    String match = entry.config().match();
    List<String> names = mounts.stream().map(mount -> mount.toMount().imageName()).toList();
    if (!match.isEmpty() && !names.contains(match)) {
      problems.add(
          entry.matchAt(),
          "spec.match",
          "no image of the cluster is called \"" + match + "\"",
          NearestWord.hint(match, names));
    }
  }

  private List<MountEntry> mounts(ClusterDocument document, Problems problems) {
    return document.mounts().isEmpty()
        ? GivenImages.mounts(images, document.images(), problems)
        : GivenImages.place(images, document.mounts(), problems);
  }

  private void checkTrees(ClusterDocument document, List<MountEntry> mounts, Problems problems) {
    for (MountEntry mount : mounts) {
      if (!Files.isDirectory(mount.tree())) {
        problems.add(
            mount.treeAt(),
            mount.path() + ".mountPoint",
            mount.tree() + " is not a directory",
            "unpack the image there, or give the directory of its tree");
      }
    }
    List<MountEntry> present =
        mounts.stream().filter(mount -> Files.isDirectory(mount.tree())).toList();
    ScriptLabels.check(present, problems);
    if (strictTemplates) {
      Cluster provisional = callEnv.apply(document.toProvisionalCluster(mounts));
      TemplateCheck.check(provisional, templates, present, problems);
    }
  }

  /** The one document of kind Cluster. */
  private static YamlNode.@Nullable Fields clusterIn(List<YamlNode> documents, Problems problems) {
    YamlNode.Fields cluster = null;
    for (YamlNode document : documents) {
      if (!(document instanceof YamlNode.Fields fields)) {
        problems.add(
            document.at(),
            "",
            "expected a document that is a mapping, found " + document.described());
        continue;
      }
      String kind = kind(fields, problems);
      if (!kind.equals("Cluster")) {
        continue;
      }
      if (cluster == null) {
        cluster = fields;
      } else {
        problems.add(
            fields.at(),
            "kind",
            "two documents of kind Cluster: at " + cluster.at() + " and " + fields.at());
      }
    }
    if (cluster == null) {
      problems.add(Position.WHOLE_FILE, "", "there is no document of kind Cluster");
    }
    return cluster;
  }

  private static String kind(YamlNode.Fields document, Problems problems) {
    FieldReader reader = FieldReader.of(document, "", problems);
    String kind = reader.text("kind");
    if (kind == null) {
      if (reader.node("kind").isEmpty()) {
        problems.add(document.at(), "kind", "the document has no kind");
      }
      return "";
    }
    // Kinds of other programs are passed over, but a misspelled one of ours must not be.
    if (!KINDS.contains(kind) && NearestWord.to(kind, KINDS).isPresent()) {
      problems.add(
          reader.at("kind"),
          "kind",
          "unknown kind \"" + kind + "\"",
          NearestWord.hint(kind, KINDS));
    }
    return kind;
  }
}
