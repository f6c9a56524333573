package io.hawser.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads what lies in a directory of the controller. */
final class TreeScan {
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime";

  /** The types of {@code st_mode}, as POSIX systems number them. */
  private static final int TYPE = 0170000;

  private static final int LINK = 0120000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;

  private static final int ALL_BITS = 07777;

  /** A program that runs with its owner's rights is not put on a host by the way. */
  private static final int WITHOUT_SET_ID = 01777;

  private final Predicate<String> include;
  private final TreeBuilder tree = new TreeBuilder();
  private final int source;
  private final int bits;

  private TreeScan(Path root, Predicate<String> include, Set<TreeOption> options) {
    this.include = include;
    this.bits = options.contains(TreeOption.SET_ID_BITS) ? ALL_BITS : WITHOUT_SET_ID;
    this.source = tree.source(root);
  }

  static FileTree of(Path root, Predicate<String> include, Set<TreeOption> options)
      throws IOException {
    TreeScan scan = new TreeScan(root, include, options);
    scan.collect(root, "");
    return scan.tree.build();
  }

  private void collect(Path directory, String prefix) throws IOException {
    for (String name : names(directory)) {
      String path = prefix + name;
      if (include.test(path)) {
        Path file = directory.resolve(name);
        if (add(file, path)) {
          collect(file, path + "/");
        }
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        names.add(name(directory, child.getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(PathTable::compare);
    return names;
  }

  // A name that this JVM cannot decode would be another one on the host.
  private static String name(Path directory, Path file) throws IOException {
    String name = file.toString();
    if (name.indexOf('\uFFFD') >= 0 || !FileSystems.getDefault().getPath(name).equals(file)) {
      throw new IOException(
          String.format(
              "%s holds the name \"%s\", which is not text in this JVM's encoding of file names (%s)"
                  + ": rename it, or start the JVM in a UTF-8 locale such as C.UTF-8",
              directory, name, System.getProperty("sun.jnu.encoding")));
    }
    return name;
  }

  /** Adds an entry; says whether it is a directory. */
  private boolean add(Path file, String path) throws IOException {
    try {
      TreeFile.checked(path);
      Map<String, Object> is = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      int mode = value(is, "mode", Integer.class);
      long stamp = value(is, "lastModifiedTime", FileTime.class).to(TimeUnit.NANOSECONDS);
      return switch (mode & TYPE) {
        case LINK -> {
          tree.add(TreeFile.link(path, Files.readSymbolicLink(file).toString()));
          yield false;
        }
        case DIRECTORY -> {
          tree.scanned(source, path, TreeFile.Type.DIRECTORY, mode & bits, 0, stamp);
          yield true;
        }
        case FILE -> {
          long size = value(is, "size", Long.class);
          tree.scanned(source, path, TreeFile.Type.FILE, mode & bits, size, stamp);
          yield false;
        }
        default -> throw new IOException(file + " is neither a file, a directory nor a link");
      };
    } catch (NoSuchFileException e) {
      throw new IOException(file + " vanished while the tree was read", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file.getParent() + ": " + e.getMessage(), e);
    }
  }

  private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }
}
