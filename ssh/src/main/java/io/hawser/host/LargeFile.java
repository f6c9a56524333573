package io.hawser.host;

import com.google.common.hash.Hashing;
import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Streams one long file in pieces, from one on. Blocks of zeros are not sent: they become holes on
 * the host.
 */
final class LargeFile implements Input {
  /** How much of a file is verified, and need not be sent again, at a time. */
  static final int PIECE = 64 << 20;

  /** What is looked at for zeros, a multiple of the agent's block of 256 KiB. */
  private static final int BLOCK = 1 << 20;

  private static final byte[] ZEROS = new byte[BLOCK];

  private final TreeStep step;
  private final SentFiles sent;
  private final LongConsumer counter;
  private final long offset;

  /**
   * A file.
   *
   * @param offset how many bytes the host has already, a multiple of a piece
   */
  LargeFile(TreeStep step, SentFiles sent, LongConsumer counter, long offset) {
    this.step = step;
    this.sent = sent;
    this.counter = counter;
    this.offset = offset;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] block = new byte[BLOCK];
    long zeros = 0;
    long frame = 0;
    try (SentFiles.Reading reading = sent.open(step)) {
      for (long at = 0; at < step.size(); ) {
        int length = fill(reading, block, step.size() - at);
        if (at >= offset) {
          counter.accept(length);
          if (frame == 0 && isZero(block, length)) {
            zeros += length;
          } else {
            if (frame == 0) {
              zeros = flush(zeros, out);
              frame = Math.min(PIECE - at % PIECE, step.size() - at);
              line("d " + frame, out);
            }
            out.write(block, 0, length);
            frame -= length;
          }
        }
        at += length;
      }
      flush(zeros, out);
      reading.finish();
    }
    out.flush();
  }

  private static int fill(SentFiles.Reading reading, byte[] block, long left) throws IOException {
    int length = (int) Math.min(BLOCK, left);
    for (int filled = 0; filled < length; ) {
      filled += reading.readAt(block, filled, length - filled);
    }
    return length;
  }

  private static boolean isZero(byte[] block, int length) {
    return Arrays.equals(block, 0, length, ZEROS, 0, length);
  }

  private static long flush(long zeros, OutputStream out) throws IOException {
    if (zeros > 0) {
      line("z " + zeros, out);
    }
    return 0;
  }

  private static void line(String text, OutputStream out) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** How many bytes of the file the host has, going by the digests of its whole pieces. */
  static long verified(TreeFile file, List<String> pieces) throws IOException {
    try (InputStream in = file.open()) {
      byte[] buffer = new byte[BLOCK];
      for (int piece = 0; piece < pieces.size(); piece++) {
        var hasher = Hashing.sha256().newHasher();
        for (int left = PIECE; left > 0; ) {
          int count = in.read(buffer, 0, Math.min(BLOCK, left));
          if (count < 0) {
            return (long) piece * PIECE;
          }
          hasher.putBytes(buffer, 0, count);
          left -= count;
        }
        if (!hasher.hash().toString().equals(pieces.get(piece))) {
          return (long) piece * PIECE;
        }
      }
      return (long) pieces.size() * PIECE;
    }
  }
}
