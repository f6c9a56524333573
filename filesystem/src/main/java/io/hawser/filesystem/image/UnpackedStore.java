package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of the controller that holds images unpacked, each under the digest of its
 * configuration. An image appears whole, by one rename; several processes may use one directory.
 */
final class UnpackedStore {
  private static final String SCRATCH = ".unpacking-";
  private static final int ATTEMPTS = 5;

  /** Longer than unpacking takes: what is older was left behind by a process that died. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path root;
  private final ImageLimits limits;
  private final Clock clock;

  UnpackedStore(Path root, ImageLimits limits, Clock clock) {
    this.root = root;
    this.limits = limits;
    this.clock = clock;
  }

  /** Makes the directory, private to its owner, and removes what dead processes left in it. */
  void open() throws IOException {
    if (!Files.isDirectory(root)) {
      make();
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(root);
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new MalformedImage(
          "others may write to "
              + root
              + ", where it would be unpacked: give a directory of your own");
    }
    try (Stream<Path> children = Files.list(root)) {
      children.filter(this::isAbandoned).toList().forEach(UnpackedStore::reap);
    }
  }

  private void make() throws IOException {
    Path parent = root.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; whether it is a directory is seen next.
    }
  }

  private static void reap(Path abandoned) {
    try {
      TreeRemoval.of(abandoned);
    } catch (IOException e) {
      // Another process removes it too. What stays is tried again next time.
    }
  }

  private boolean isAbandoned(Path path) {
    try {
      return String.valueOf(path.getFileName()).startsWith(SCRATCH)
          && Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(clock.instant().minus(ABANDONED));
    } catch (IOException e) {
      // Another process removed it.
      return false;
    }
  }

  /** A new empty directory beside the images. */
  Path scratch() throws IOException {
    return Files.createTempDirectory(root, SCRATCH);
  }

  /** The directory of an image, which is unpacked if it is not there whole. */
  Path image(ImageParts image) throws IOException {
    Path home = root.resolve("sha256-" + image.id());
    if (UnpackedMark.isTrue(home)) {
      return home;
    }
    check(image);
    Path scratch = scratch();
    try {
      Path whole = Files.createDirectory(scratch.resolve("image"));
      write(image, whole);
      UnpackedMark.put(whole);
      publish(whole, home);
    } finally {
      TreeRemoval.of(scratch);
    }
    return home;
  }

  /** Finds what is wrong with the layers before anything of them is written. */
  private void check(ImageParts image) throws IOException {
    LayerReader reader = new LayerReader(limits);
    for (Layer layer : image.layers()) {
      reader.read(layer, (entry, content) -> {});
    }
    long free = Files.getFileStore(root).getUsableSpace();
    if (reader.bytes() > free) {
      throw new MalformedImage(
          "it takes " + reader.bytes() + " bytes, but " + root + " has room for " + free);
    }
  }

  private void write(ImageParts image, Path directory) throws IOException {
    Path tree = Files.createDirectory(directory.resolve("rootfs"));
    Files.setAttribute(tree, "unix:mode", 0755);
    LayerReader reader = new LayerReader(limits);
    TreeWriter writer = new TreeWriter(tree, limits);
    for (Layer layer : image.layers()) {
      writer.nextLayer();
      reader.read(layer, writer);
    }
    Files.writeString(directory.resolve("image.json"), image.configuration().text());
  }

  /** A directory with the images of several architectures, by links. */
  Path index(Map<String, Path> images) throws IOException {
    String lines = new TreeMap<>(images).toString();
    Path home =
        root.resolve("platforms-" + Hashing.sha256().hashString(lines, StandardCharsets.UTF_8));
    if (UnpackedMark.isTrue(home)) {
      return home;
    }
    Path scratch = scratch();
    try {
      Path whole = Files.createDirectory(scratch.resolve("image"));
      for (Map.Entry<String, Path> image : images.entrySet()) {
        Path link = whole.resolve(image.getKey());
        Files.createSymbolicLink(link, Path.of("..").resolve(image.getValue().getFileName()));
      }
      UnpackedMark.put(whole);
      publish(whole, home);
    } finally {
      TreeRemoval.of(scratch);
    }
    return home;
  }

  /** Moves a directory to its place, where another process may have put the same meanwhile. */
  private void publish(Path whole, Path home) throws IOException {
    for (int attempt = 1; !UnpackedMark.isTrue(home); attempt++) {
      try {
        Files.move(whole, home, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException e) {
        if (attempt == ATTEMPTS || !Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
        if (!UnpackedMark.isTrue(home)) {
          setAside(home);
        }
      }
    }
  }

  /** What is damaged is moved away first, so that the place is never half full. */
  private void setAside(Path damaged) throws IOException {
    Path scratch = scratch();
    try {
      Files.move(damaged, scratch.resolve("damaged"), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster; whether it put a good one there is seen next.
    } finally {
      TreeRemoval.of(scratch);
    }
  }
}
