package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Whether the scripts that the labels of the images name are in the images. */
record ScriptsCheck(Cluster cluster) implements Question {
  private static final List<String> LABELS =
      List.of("check", "init", "clean", "init-registry", "clean-registry", "init-cri", "clean-cri");

  /** Other words are for the host's shell, which may make anything of them. */
  private static final String PLAIN = "[A-Za-z0-9_./-]+";

  @Override
  public Finding inspect(ReachedHost host) {
    List<String> missing = new ArrayList<>();
    for (String label : LABELS) {
      cluster
          .labelled(label)
          .flatMap(mount -> mount.script(label))
          .map(value -> value.strip().split("\\s", 2)[0])
          .filter(word -> word.matches(PLAIN) && !word.startsWith("/") && !isThere(word))
          .ifPresent(word -> missing.add("label " + label + " names scripts/" + word));
    }
    return missing.isEmpty()
        ? Finding.ok("all there")
        : Finding.failed(String.join("; ", missing) + ", which no image has")
            .advice("status.mounts[].labels", "build the image with its scripts");
  }

  /** Trees of several architectures hold the same scripts, as far as Hawser's own rules go. */
  private boolean isThere(String word) {
    return cluster.mounts().stream()
        .filter(ImageMount::isOnEveryHost)
        .flatMap(mount -> mount.trees().stream())
        .anyMatch(tree -> Files.isRegularFile(tree.resolve("scripts").resolve(word)));
  }
}
