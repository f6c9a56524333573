package io.hawser.filesystem.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Lays the layers of an image over one another in a directory that nobody else may write to.
 * Nothing is written, linked or removed through a link, whichever layer the link is of. Owners,
 * times and extended attributes are not kept; the owner may read every file and enter every
 * directory, or it could not be sent.
 */
final class TreeWriter implements LayerTarget {
  private static final int DIRECTORY = 0755;
  private static final int OWNER_READS = 0400;
  private static final int OWNER_ENTERS = 0700;

  private final Path root;
  private final long mostEntries;
  private long implied;

  /** What this layer has brought. */
  private PlacedPaths placed = new PlacedPaths();

  /** A directory that was found to be real, and so were those above it. */
  private String real = "";

  TreeWriter(Path root, ImageLimits limits) {
    this.root = root;
    this.mostEntries = limits.entries();
  }

  /** What comes now is of the next layer. */
  void nextLayer() {
    placed = new PlacedPaths();
    real = "";
  }

  @Override
  public void place(LayerEntry entry, InputStream content) throws IOException {
    switch (entry.kind()) {
      case DIRECTORY -> directory(entry);
      case FILE -> file(entry, content);
      case SYMBOLIC_LINK -> {
        Path link = free(entry);
        Files.createSymbolicLink(link, Path.of(entry.target()));
      }
      case HARD_LINK -> hardLink(entry);
      case WHITEOUT -> takeAway(entry.path());
      case OPAQUE -> empty(entry.path());
    }
  }

  private void directory(LayerEntry entry) throws IOException {
    if (entry.path().isEmpty()) {
      return;
    }
    parents(entry.path());
    Path directory = root.resolve(entry.path());
    boolean first = placed.add(entry.path());
    if (!isRealDirectory(directory)) {
      if (!first) {
        throw twice(entry.path());
      }
      remove(directory);
      Files.createDirectory(directory);
    }
    mode(directory, entry.mode() | OWNER_ENTERS);
  }

  private void file(LayerEntry entry, InputStream content) throws IOException {
    Path file = free(entry);
    long written;
    try (OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      written = content.transferTo(out);
    }
    if (written != entry.size()) {
      throw new MalformedImage(
          MalformedImage.quoted(entry.path()) + " is cut off after " + written + " bytes");
    }
    mode(file, entry.mode() | OWNER_READS);
  }

  private void hardLink(LayerEntry entry) throws IOException {
    Path target = root.resolve(entry.target());
    refuseLinksOn(entry.target());
    BasicFileAttributes is = attributes(target);
    if (entry.target().equals(entry.path()) || is == null || is.isDirectory()) {
      throw new MalformedImage(
          MalformedImage.quoted(entry.path())
              + " is a hard link to "
              + MalformedImage.quoted(entry.target())
              + ", which is no file of the image");
    }
    Path link = free(entry);
    if (is.isSymbolicLink()) {
      Files.createSymbolicLink(link, Files.readSymbolicLink(target));
    } else {
      Files.createLink(link, target);
    }
  }

  /** Makes the place of an entry that is no directory free, in directories that are real. */
  private Path free(LayerEntry entry) throws IOException {
    parents(entry.path());
    if (!placed.add(entry.path())) {
      throw twice(entry.path());
    }
    Path place = root.resolve(entry.path());
    remove(place);
    return place;
  }

  private static MalformedImage twice(String path) {
    return new MalformedImage("it holds " + MalformedImage.quoted(path) + " twice");
  }

  private void remove(Path path) throws IOException {
    if (attributes(path) != null) {
      TreeRemoval.of(path);
      real = "";
    }
  }

  private void takeAway(String path) throws IOException {
    if (refuseLinksOn(path)) {
      real = "";
      TreeRemoval.except(root.resolve(path), this::isPlaced);
    }
  }

  private void empty(String path) throws IOException {
    if (refuseLinksOn(path + "/x") && isRealDirectory(root.resolve(path))) {
      real = "";
      Path directory = root.resolve(path);
      TreeRemoval.except(directory, found -> found.equals(directory) || isPlaced(found));
    }
  }

  private boolean isPlaced(Path path) {
    return placed.contains(root.relativize(path).toString());
  }

  /** Makes the directories above a path, and refuses what is no directory there. */
  private void parents(String path) throws IOException {
    int from = real.isEmpty() || !path.startsWith(real + "/") ? 0 : real.length() + 1;
    int last = path.lastIndexOf('/');
    for (int slash = path.indexOf('/', from); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String parent = path.substring(0, slash);
      Path directory = root.resolve(parent);
      if (!isDirectoryOn(parent, path)) {
        if (++implied > mostEntries) {
          throw new MalformedImage("it has more than " + mostEntries + " directories");
        }
        Files.createDirectory(directory);
        mode(directory, DIRECTORY);
      }
      placed.add(parent);
    }
    if (last > 0) {
      real = path.substring(0, last);
    }
  }

  /** Whether the directories above a path are there; refuses what is no directory. */
  private boolean refuseLinksOn(String path) throws IOException {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (!isDirectoryOn(path.substring(0, slash), path)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDirectoryOn(String parent, String path) throws IOException {
    BasicFileAttributes is = attributes(root.resolve(parent));
    if (is != null && !is.isDirectory()) {
      throw new MalformedImage(
          MalformedImage.quoted(path)
              + " lies behind "
              + MalformedImage.quoted(parent)
              + ", which is a "
              + (is.isSymbolicLink() ? "link" : "file")
              + " and no directory");
    }
    return is != null;
  }

  private static boolean isRealDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Of files and directories that were just made, so there is no link to follow. */
  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }
}
