package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files, directories and links with relative paths, each path once, sorted so that a directory
 * comes before what is in it. Immutable; file contents are read when they are sent.
 */
public final class FileTree {
  private final ImmutableList<TreeFile> files;

  private FileTree(Collection<TreeFile> files) {
    this.files = ImmutableList.copyOf(files);
  }

  /** A tree of these entries; of two with one path the later wins. */
  public static FileTree of(Collection<TreeFile> files) {
    Map<String, TreeFile> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    return new FileTree(byPath.values());
  }

  /**
   * What lies in a directory of the controller. Links are taken as links.
   *
   * @param include says of each relative path whether it belongs to the tree; a directory that does
   *     not is not entered
   * @throws IOException if something cannot be read, is neither file, directory nor link, or has a
   *     name that cannot be sent
   */
  public static FileTree scan(Path directory, Predicate<String> include) throws IOException {
    Map<String, TreeFile> found = new LinkedHashMap<>();
    collect(directory, "", include, found);
    return of(found.values());
  }

  private static void collect(
      Path directory, String prefix, Predicate<String> include, Map<String, TreeFile> found)
      throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children.sorted()::iterator) {
        String path = prefix + child.getFileName();
        if (include.test(path)) {
          found.put(path, entry(child, path));
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            collect(child, path + "/", include, found);
          }
        }
      }
    }
  }

  private static TreeFile entry(Path file, String path) throws IOException {
    try {
      if (Files.isSymbolicLink(file)) {
        return TreeFile.link(path, Files.readSymbolicLink(file).toString());
      }
      int mode = mode(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
      if (Files.isDirectory(file)) {
        return TreeFile.directory(path, mode);
      }
      if (Files.isRegularFile(file)) {
        return TreeFile.file(path, mode, Files.size(file), file);
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + " vanished while the tree was read", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file.getParent() + ": " + e.getMessage(), e);
    }
    throw new IOException(file + " is neither a file, a directory nor a link");
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    // The JDK lists OWNER_READ .. OTHERS_EXECUTE, the order of the bits 0400 .. 0001.
    int bit = 0400;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      mode |= permissions.contains(permission) ? bit : 0;
      bit >>= 1;
    }
    return mode;
  }

  /** This tree with the entries of another laid over it. */
  public FileTree with(FileTree over) {
    return of(Stream.concat(files.stream(), over.files.stream()).toList());
  }

  /** The entries in order. */
  public List<TreeFile> files() {
    return files;
  }

  /** The sum of the sizes of all files. */
  public long bytes() {
    return files.stream().mapToLong(TreeFile::size).sum();
  }
}
