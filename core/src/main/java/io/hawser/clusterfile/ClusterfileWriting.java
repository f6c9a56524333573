package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a Clusterfile for its owner only, since it holds passwords, and at once: whoever reads
 * meanwhile, or after a crash, sees the old text or the new one.
 */
final class ClusterfileWriting {
  private static final int MOST_LINKS = 40;

  private ClusterfileWriting() {}

  /**
   * Replaces a file, or what a link leads to.
   *
   * @throws ClusterfileException if that cannot be done; the file is as it was then
   */
  static void write(String text, Path file) {
    try {
      replace(text, target(file));
    } catch (IOException e) {
      Problems problems = new Problems(file.toString());
      problems.add(Position.WHOLE_FILE, "", "cannot be written: " + reason(e));
      throw problems.exception();
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "there is no directory for " + missing.getFile();
    }
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  private static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("too many links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    if (Files.isDirectory(target)) {
      throw new IOException("is a directory");
    }
    return target;
  }

  private static void replace(String text, Path target) throws IOException {
    Path directory = target.getParent() == null ? target.toAbsolutePath() : target.getParent();
    Path temporary = Files.createTempFile(directory, ".Clusterfile", ".new", forOwner(directory));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(directory);
  }

  private static FileAttribute<?>[] forOwner(Path directory) throws IOException {
    boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes the new name last; the file is whole in any case. */
  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot open a directory.
    }
  }
}
