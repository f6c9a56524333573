package io.hawser.host;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Streams steps of a tree as a tar archive and digests each file on its way. A file that is not, or
 * is no longer, what the tree says ends the stream in the middle, so that the host sees a broken
 * archive.
 */
final class TreeArchive implements Input {
  private static final int BUFFER = 1 << 16;

  private final List<TreeStep> steps;
  // Written by the thread that sends, read by the one that waits.
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private volatile Optional<String> fault = Optional.empty();

  TreeArchive(List<TreeStep> steps) {
    this.steps = steps;
  }

  /** The digests of the files that were sent, by their path in the staging. */
  Map<String, String> digests() {
    return Map.copyOf(digests);
  }

  /** What was wrong with a source file, if one was. */
  Optional<String> fault() {
    return fault;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    digests.clear();
    fault = Optional.empty();
    // The stream stays open: it is the caller's.
    @SuppressWarnings("resource")
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(stream, 32 * 1024, StandardCharsets.UTF_8.name());
    // Long names and sizes in the way of GNU: every tar reads it, that of busybox nothing else.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    for (TreeStep step : steps) {
      write(step, tar);
    }
    tar.finish();
    stream.flush();
  }

  private void write(TreeStep step, TarArchiveOutputStream tar) throws IOException {
    TarArchiveEntry entry =
        switch (step.type()) {
          case FILE -> entry(step.staged(), TarConstants.LF_NORMAL);
          case DIRECTORY -> entry(step.staged() + "/", TarConstants.LF_DIR);
          case LINK -> entry(step.staged(), TarConstants.LF_SYMLINK);
        };
    entry.setMode(step.mode());
    TreeFile file = step.file();
    if (file != null && step.isFile()) {
      entry.setSize(file.size());
      tar.putArchiveEntry(entry);
      digests.put(step.staged(), copy(file, tar));
    } else {
      if (file != null) {
        entry.setLinkName(file.linkTarget());
      }
      tar.putArchiveEntry(entry);
    }
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(String name, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }

  private String copy(TreeFile file, OutputStream tar) throws IOException {
    HashingInputStream source;
    try {
      source = new HashingInputStream(Hashing.sha256(), file.open());
    } catch (IOException e) {
      throw faulty(file, "cannot be read: " + e.getMessage());
    }
    try (source) {
      copyBytes(file, source, tar);
    }
    String digest = source.hash().toString();
    String known = file.knownDigest();
    if (known != null && !known.equals(digest)) {
      throw faulty(file, "has SHA-256 " + digest + " instead of " + known);
    }
    return digest;
  }

  private void copyBytes(TreeFile file, InputStream source, OutputStream tar) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = file.size();
    while (left > 0) {
      int count = read(file, source, buffer, (int) Math.min(BUFFER, left));
      if (count < 0) {
        throw faulty(file, "is " + left + " bytes shorter than the " + file.size() + " it had");
      }
      tar.write(buffer, 0, count);
      left -= count;
    }
    if (read(file, source, buffer, 1) >= 0) {
      throw faulty(file, "has grown beyond the " + file.size() + " bytes it had");
    }
  }

  // An error of the source must not be taken for one of the link.
  private int read(TreeFile file, InputStream source, byte[] buffer, int count) throws IOException {
    try {
      return source.read(buffer, 0, count);
    } catch (IOException e) {
      throw faulty(file, "cannot be read: " + e.getMessage());
    }
  }

  private IOException faulty(TreeFile file, String what) {
    String message =
        "the source of " + file.path() + " " + what + "; nothing of the tree was put in place";
    fault = Optional.of(message);
    return new IOException(message);
  }
}
