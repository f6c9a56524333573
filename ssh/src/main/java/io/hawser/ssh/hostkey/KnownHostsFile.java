package io.hawser.ssh.hostkey;

import io.hawser.ssh.hostkey.KnownKeys.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The known_hosts file that learns keys. A line is appended by one write under a lock, so that
 * neither another thread nor another process loses one; JSch would rewrite the whole file.
 *
 * <p>The lock is on a file of its own: a lock of this one would end as soon as any thread of the
 * JVM closes it, and every check of a key reads and closes it.
 */
final class KnownHostsFile {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final Duration patience;

  KnownHostsFile(Path file) {
    this(file, PATIENCE);
  }

  KnownHostsFile(Path file, Duration patience) {
    this.file = file.toAbsolutePath();
    this.patience = patience;
  }

  /**
   * Adds a key of an unknown host, unless somebody else added one meanwhile.
   *
   * @return what the files say now: known, or changed if another key came first
   */
  Verdict learn(List<Path> files, String name, PublicKeyBlob key) throws IOException {
    try {
      prepareFolder();
      Path lockFile = lockFile();
      synchronized (turn(lockFile)) {
        return learn(lockFile, files, name, key);
      }
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to write " + e.getFile(), e);
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + e.getMessage(), e);
    }
  }

  /**
   * What the threads of this JVM take turns with, whatever class loader they come from: a lock of
   * the lock file, too, ends when any of them closes it, and with it the turn of another thread.
   */
  private static Object turn(Path lockFile) {
    return (KnownHostsFile.class.getName() + " " + lockFile).intern();
  }

  private Verdict learn(Path lockFile, List<Path> files, String name, PublicKeyBlob key)
      throws IOException {
    try (FileChannel mutex = open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = lock(mutex)) {
      Verdict verdict = KnownKeys.read(files, name).of(key);
      if (verdict == Verdict.UNKNOWN && lock.isValid()) {
        append(name + " " + key.line() + "\n");
        return Verdict.KNOWN;
      }
      return verdict;
    }
  }

  /** Beside the real file, where a link leads to it. */
  private Path lockFile() throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file;
    return real.resolveSibling(real.getFileName() + ".lock");
  }

  private void prepareFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(folder);
      if (isPosix()) {
        Files.setPosixFilePermissions(folder, PRIVATE_FOLDER);
      }
    }
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private FileChannel open(Path path, OpenOption how) throws IOException {
    FileAttribute<?>[] modes =
        isPosix()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(path, Set.of(StandardOpenOption.CREATE, how), modes);
  }

  private void append(String line) throws IOException {
    boolean open = endsWithinALine();
    ByteBuffer bytes =
        ByteBuffer.wrap(((open ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel = open(file, StandardOpenOption.APPEND)) {
      if (isPosix() && !Files.getPosixFilePermissions(file).equals(PRIVATE)) {
        Files.setPosixFilePermissions(file, PRIVATE);
      }
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private boolean endsWithinALine() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }

  /** A lock of a file belongs to the whole JVM, so that two threads meet as an exception. */
  private FileLock lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // another thread of this JVM holds it
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new IOException(file + " stays locked by another process");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the lock of " + file, e);
      }
    }
  }
}
