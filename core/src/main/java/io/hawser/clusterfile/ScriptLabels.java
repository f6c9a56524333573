package io.hawser.clusterfile;

import io.hawser.cluster.ImageType;
import io.hawser.spelling.NearestWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks the labels that name scripts against the trees, and fills in sealos's defaults. */
final class ScriptLabels {
  private static final List<String> WITH_DEFAULT =
      List.of("check", "init", "clean", "init-registry", "clean-registry");
  private static final List<String> WITHOUT_DEFAULT = List.of("init-cri", "clean-cri");

  private ScriptLabels() {}

  /** The labels that say what a host is to do with an image. */
  static Stream<String> known() {
    return Stream.of(
            WITH_DEFAULT, WITHOUT_DEFAULT, MountFields.TYPE_LABELS, List.of("version", "vip"))
        .flatMap(List::stream);
  }

  /** The mount with the scripts that run although no label names them. */
  static MountEntry withDefaults(MountEntry mount) {
    if (mount.type() != ImageType.ROOTFS) {
      return mount;
    }
    Map<String, String> labels = new LinkedHashMap<>(mount.labels());
    for (String label : WITH_DEFAULT) {
      String script = label + ".sh";
      if (labels.getOrDefault(label, "").isBlank() && isScript(mount.tree(), script)) {
        labels.put(label, script);
      }
    }
    return mount.withLabels(labels);
  }

  /**
   * Reports the scripts that labels name and no tree has. The trees that go to every host are laid
   * over one another there, so a patch may name a script of the rootfs.
   */
  static void check(List<MountEntry> mounts, Problems problems) {
    List<MountEntry> merged = mounts.stream().filter(MountEntry::isOnEveryHost).toList();
    for (MountEntry mount : merged) {
      Stream.concat(WITH_DEFAULT.stream(), WITHOUT_DEFAULT.stream())
          .filter(mount.labels()::containsKey)
          .forEach(label -> check(mount, label, merged, problems));
    }
  }

  private static void check(
      MountEntry mount, String label, List<MountEntry> merged, Problems problems) {
    for (String script : scripts(mount.labels().getOrDefault(label, ""))) {
      if (merged.stream().noneMatch(tree -> isScript(tree.tree(), script))) {
        problems.add(
            mount.at(label),
            mount.path() + ".labels." + label,
            "there is no script \"" + script + "\" in " + mount.tree().resolve("scripts"),
            NearestWord.hint(script, scriptsOf(mount.tree())));
      }
    }
  }

  /** A template counts as the script that it becomes. */
  private static boolean isScript(Path tree, String script) {
    Path file = tree.resolve("scripts").resolve(script);
    return Files.isRegularFile(file)
        || Files.isRegularFile(file.resolveSibling(file.getFileName() + ".tmpl"));
  }

  private static List<String> scriptsOf(Path tree) {
    try (Stream<Path> files = Files.list(tree.resolve("scripts"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * The script files that a label's value runs: its first word, which follows sealos's own {@code
   * bash}, and in the commands chained to it the word after {@code bash} or {@code sh}.
   */
  static List<String> scripts(String value) {
    List<String> scripts = new ArrayList<>();
    String[] commands = ("bash " + value).split("&&|\\|\\||[;|\\n]", -1);
    for (String command : commands) {
      List<String> words =
          new ArrayList<>(List.of(command.strip().replaceAll("[\"']", "").split("\\s+")));
      boolean shell = words.get(0).equals("bash") || words.get(0).equals("sh");
      words.remove(0);
      words.removeIf(word -> word.startsWith("-"));
      if (shell && !words.isEmpty() && isFileName(words.get(0))) {
        scripts.add(words.get(0));
      }
    }
    return scripts;
  }

  private static boolean isFileName(String word) {
    // What starts at the root or holds a variable is known on the host only.
    return !word.startsWith("/") && !word.contains("$") && !word.contains("`");
  }
}
