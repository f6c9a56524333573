package io.hawser.ssh.hostkey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The known_hosts file that learns keys. A line is appended by one write while the file is locked,
 * so that neither another thread nor another process loses one; JSch would rewrite the whole file.
 */
final class KnownHostsFile {
  private static final long LOCK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  KnownHostsFile(Path file) {
    this.file = file;
  }

  /**
   * Adds a key of an unknown host, unless somebody else added one meanwhile.
   *
   * @return what the file says now: known, or changed if another key came first
   */
  KnownKeys.Verdict learn(List<Path> files, String name, String type, byte[] key)
      throws IOException {
    boolean posix = prepare();
    FileAttribute<?>[] modes =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
            : new FileAttribute<?>[0];
    Set<? extends OpenOption> how =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, how, modes);
        FileLock lock = lock(channel)) {
      KnownKeys.Verdict verdict = KnownKeys.read(files, name).of(key);
      if (verdict == KnownKeys.Verdict.UNKNOWN && lock.isValid()) {
        if (posix) {
          Files.setPosixFilePermissions(file, PRIVATE);
        }
        append(channel, name + " " + type + " " + Base64.getEncoder().encodeToString(key) + "\n");
        return KnownKeys.Verdict.KNOWN;
      }
      return verdict;
    }
  }

  private boolean prepare() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      if (posix) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
    return posix;
  }

  private static void append(FileChannel channel, String line) throws IOException {
    long size = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    boolean open = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
    ByteBuffer bytes =
        ByteBuffer.wrap(((open ? "\n" : "") + line).getBytes(StandardCharsets.US_ASCII));
    long position = size;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
    channel.force(true);
  }

  /** A lock of the file belongs to the whole JVM, so that two threads meet as an exception. */
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
      if (System.nanoTime() - start > LOCK_NANOS) {
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
