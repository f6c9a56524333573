package io.hawser.host;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of a tree and digests each on its way. A file that is not, or is no longer, what the
 * tree says ends the stream in the middle, so that the host sees that it is broken.
 */
final class SentFiles {
  private static final int BUFFER = 1 << 16;

  private final LongConsumer counter;
  // Written by the thread that sends, read by the one that waits.
  private volatile Optional<String> fault = Optional.empty();

  SentFiles(LongConsumer counter) {
    this.counter = counter;
  }

  /** What was wrong with a source file, if one was. */
  Optional<String> fault() {
    return fault;
  }

  /** Copies a whole file; its digest is known to the tree then. */
  void copy(TreeStep step, OutputStream out) throws IOException {
    try (Reading reading = open(step)) {
      byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, step.size()))];
      long left = step.size();
      while (left > 0) {
        int count = reading.read(buffer, (int) Math.min(buffer.length, left));
        out.write(buffer, 0, count);
        counter.accept(count);
        left -= count;
      }
      reading.finish();
    }
  }

  /** What is wrong with a file whose digest was known before it was sent, if something is. */
  static Stream<String> lie(TreeStep step) {
    if (!step.isFile()) {
      return Stream.of();
    }
    String known = step.tree().digest(step.index());
    String is;
    try (InputStream in = step.file().open()) {
      HashingInputStream hashing = new HashingInputStream(Hashing.sha256(), in);
      hashing.transferTo(OutputStream.nullOutputStream());
      is = hashing.hash().toString();
    } catch (IOException e) {
      return Stream.of(fault(step, "cannot be read: " + e.getMessage()));
    }
    String what = "has SHA-256 " + is + " instead of " + known;
    return is.equals(known) ? Stream.of() : Stream.of(fault(step, what));
  }

  private static String fault(TreeStep step, String what) {
    return "the source of " + step.path() + " " + what + TreeTransfer.UNTOUCHED;
  }

  Reading open(TreeStep step) throws IOException {
    return new Reading(step);
  }

  /** One file that is read from its beginning to its end. */
  final class Reading implements AutoCloseable {
    private final TreeStep step;
    private final InputStream source;
    private final @Nullable String known;
    private final @Nullable Hasher hasher;
    private long left;

    private Reading(TreeStep step) throws IOException {
      this.step = step;
      this.left = step.size();
      this.known = step.tree().knownDigest(step.index());
      // What the digest is known of is compared with that by the host.
      this.hasher = known == null ? Hashing.sha256().newHasher() : null;
      try {
        source = step.file().open();
      } catch (IOException e) {
        throw faulty("cannot be read: " + e.getMessage());
      }
    }

    int read(byte[] buffer, int most) throws IOException {
      return readAt(buffer, 0, most);
    }

    /** Reads at least a byte, and at most what is left of the file. */
    int readAt(byte[] buffer, int from, int most) throws IOException {
      int count = source(buffer, from, most);
      if (count < 0) {
        throw faulty("is " + left + " bytes shorter than the " + step.size() + " it had");
      }
      if (hasher != null) {
        hasher.putBytes(buffer, from, count);
      }
      left -= count;
      return count;
    }

    /** Sees that the file ends here. */
    void finish() throws IOException {
      if (source(new byte[1], 0, 1) >= 0) {
        throw faulty("has grown beyond the " + step.size() + " bytes it had");
      }
      if (!step.tree().isUntouched(step.index())) {
        throw faulty("was changed while it was sent");
      }
      if (hasher != null) {
        step.tree().learn(step.index(), hasher.hash().toString());
      }
    }

    // An error of the source must not be taken for one of the link.
    private int source(byte[] buffer, int from, int most) throws IOException {
      try {
        return source.read(buffer, from, most);
      } catch (IOException e) {
        throw faulty("cannot be read: " + e.getMessage());
      }
    }

    private IOException faulty(String what) {
      return SentFiles.this.faulty(step, what);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private IOException faulty(TreeStep step, String what) {
    String message = fault(step, what);
    fault = Optional.of(message);
    return new IOException(message);
  }
}
