package io.hawser.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The unit files of an embedded host, and which of them start when it boots. */
final class UnitDirectory {
  private static final List<String> PLACES =
      List.of("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");

  private final Path root;

  UnitDirectory(Path root) {
    this.root = root;
  }

  /** The unit's file as the host names it. */
  Optional<String> find(String name) {
    return PLACES.stream()
        .map(place -> place + "/" + name)
        .filter(path -> Files.isRegularFile(HostPaths.resolve(root, path)))
        .findFirst();
  }

  /** Reads a unit. */
  Optional<UnitFile> read(String name) throws IOException {
    Optional<String> path = find(name);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String text = Files.readString(HostPaths.resolve(root, path.get()));
    return Optional.of(UnitFile.parse(name, text));
  }

  /** Makes the wants links of a unit; gives a line for each that was not there. */
  String enable(UnitFile unit, String path) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String target : unit.wantedBy()) {
      String link = PLACES.get(0) + "/" + target + ".wants/" + unit.name();
      Path file = HostPaths.resolve(root, PLACES.get(0)).resolve(target + ".wants");
      Files.createDirectories(file);
      Path made = file.resolve(unit.name());
      if (!Files.isSymbolicLink(made)) {
        Files.createSymbolicLink(made, Path.of(path));
        said.append("Created symlink ").append(link).append(" -> ").append(path).append(".\n");
      }
    }
    return said.toString();
  }

  /** Removes every wants link of a unit; gives a line for each. */
  String disable(String name) throws IOException {
    StringBuilder said = new StringBuilder();
    for (Path wants : wantsDirectories()) {
      if (Files.deleteIfExists(wants.resolve(name))) {
        String link = PLACES.get(0) + "/" + wants.getFileName() + "/" + name;
        said.append("Removed \"").append(link).append("\".\n");
      }
    }
    return said.toString();
  }

  boolean isEnabled(String name) throws IOException {
    return wantsDirectories().stream().anyMatch(wants -> Files.isSymbolicLink(wants.resolve(name)));
  }

  /** The names of all enabled units in order. */
  List<String> enabled() throws IOException {
    Stream<String> names = Stream.of();
    for (Path wants : wantsDirectories()) {
      names = Stream.concat(names, names(wants).stream());
    }
    return names.distinct().sorted().toList();
  }

  private List<Path> wantsDirectories() throws IOException {
    Path units = HostPaths.resolve(root, PLACES.get(0));
    try (Stream<Path> all = Files.list(units)) {
      return all.filter(path -> path.toString().endsWith(".wants")).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
