package io.hawser.clusterfile;

import com.google.common.collect.ImmutableMap;
import io.hawser.cluster.Architectures;
import io.hawser.clusterfile.yaml.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An image in a directory of the controller, in one of these forms:
 *
 * <ul>
 *   <li>the tree itself, with a {@code Kubefile} in it or a description {@code NAME.json} beside it
 *   <li>the tree in {@code rootfs/} and its description in {@code image.json} beside that
 *   <li>one of these for each architecture, in directories called {@code amd64}, {@code arm64} and
 *       so on, and nothing else
 * </ul>
 *
 * A description is an OCI image configuration.
 *
 * @param tree the tree; of several the first
 * @param architectures the trees by architecture; empty when there is one for all
 * @param described whether the image says anything of itself
 */
record ImageDirectory(
    Path tree, Map<String, Path> architectures, boolean described, ImageDescription description) {
  private static final String TREE = "rootfs";
  private static final String DESCRIPTION = "image.json";

  ImageDirectory {
    architectures = ImmutableMap.copyOf(architectures);
  }

  /** Looks at a directory; what cannot be read is a problem, one that does not exist is not. */
  static ImageDirectory at(Path directory, Problems problems) {
    try {
      Map<String, Path> parts = parts(directory);
      if (parts.isEmpty()) {
        return single(directory);
      }
      Map<String, ImageDirectory> images = new TreeMap<>();
      for (Map.Entry<String, Path> part : parts.entrySet()) {
        images.put(part.getKey(), single(part.getValue()));
      }
      return merged(directory, images, problems);
    } catch (IOException e) {
      problems.add(Position.WHOLE_FILE, "images", "cannot read " + directory + ": " + e);
      return new ImageDirectory(directory, Map.of(), false, ImageDescription.NONE);
    }
  }

  private static Map<String, Path> parts(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Map.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      List<Path> all = children.filter(child -> !name(child).startsWith(".")).sorted().toList();
      boolean each =
          all.stream().allMatch(c -> Architectures.isWord(name(c)) && Files.isDirectory(c));
      Map<String, Path> parts = new TreeMap<>();
      if (each) {
        all.forEach(child -> parts.put(name(child), child));
      }
      return parts;
    }
  }

  private static String name(Path path) {
    return path.getFileName() == null ? "" : path.getFileName().toString();
  }

  private static ImageDirectory single(Path directory) throws IOException {
    Path inside = directory.resolve(DESCRIPTION);
    if (Files.isRegularFile(inside) && Files.isDirectory(directory.resolve(TREE))) {
      return of(directory.resolve(TREE), ImageDescription.read(inside));
    }
    if (name(directory).equals(TREE)) {
      Path beside = directory.resolveSibling(DESCRIPTION);
      if (Files.isRegularFile(beside)) {
        return of(directory, ImageDescription.read(beside));
      }
    }
    Path named = directory.resolveSibling(name(directory) + ".json");
    Optional<ImageDescription> kubefile = Kubefile.in(directory);
    if (kubefile.isEmpty() && Files.isRegularFile(named)) {
      return of(directory, ImageDescription.read(named));
    }
    return kubefile
        .map(description -> of(directory, description))
        .orElse(new ImageDirectory(directory, Map.of(), false, ImageDescription.NONE));
  }

  private static ImageDirectory of(Path tree, ImageDescription description) {
    return new ImageDirectory(tree, Map.of(), true, description);
  }

  /** One image out of several, which must say the same wherever it matters to a host. */
  private static ImageDirectory merged(
      Path directory, Map<String, ImageDirectory> images, Problems problems) {
    Map<String, Path> trees = new TreeMap<>();
    images.forEach((architecture, image) -> trees.put(architecture, image.tree()));
    Map.Entry<String, ImageDirectory> first = images.entrySet().iterator().next();
    ImageDescription wanted = first.getValue().description();
    images.forEach(
        (architecture, image) ->
            difference(wanted, image.description())
                .ifPresent(
                    what ->
                        problems.add(
                            Position.WHOLE_FILE,
                            "images",
                            "the images for "
                                + first.getKey()
                                + " and "
                                + architecture
                                + " in "
                                + directory
                                + " differ in "
                                + what,
                            "give images that were made by one Kubefile")));
    return new ImageDirectory(first.getValue().tree(), trees, first.getValue().described(), wanted);
  }

  /** Values are not shown: the environment may hold passwords. */
  private static Optional<String> difference(ImageDescription one, ImageDescription other) {
    Stream<String> env =
        Stream.concat(one.env().keySet().stream(), other.env().keySet().stream())
            .filter(name -> !Objects.equals(one.env().get(name), other.env().get(name)))
            .map(name -> "the environment variable " + name);
    Stream<String> labels =
        ScriptLabels.known()
            .filter(label -> !Objects.equals(one.labels().get(label), other.labels().get(label)))
            .map(label -> "the label " + label);
    return Stream.concat(env, labels).findFirst();
  }
}
