package io.hawser.filesystem.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Removes files and directories of the controller. Links are removed and never followed. */
final class TreeRemoval extends SimpleFileVisitor<Path> {
  private final Predicate<Path> keep;

  private TreeRemoval(Predicate<Path> keep) {
    this.keep = keep;
  }

  /** Removes something with all that is in it; nothing when it is not there. */
  static void of(Path path) throws IOException {
    except(path, kept -> false);
  }

  /** The same, but for what is to be kept; a directory that is kept holds whatever else is. */
  static void except(Path path, Predicate<Path> keep) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(path, new TreeRemoval(keep));
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    return remove(file);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
      throws IOException {
    if (e != null) {
      throw e;
    }
    return remove(directory);
  }

  private FileVisitResult remove(Path path) throws IOException {
    if (!keep.test(path)) {
      Files.delete(path);
    }
    return FileVisitResult.CONTINUE;
  }
}
