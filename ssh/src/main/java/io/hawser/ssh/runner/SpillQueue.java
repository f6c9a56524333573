package io.hawser.ssh.runner;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries output from the one thread that reads for all commands of a connection to the thread that
 * tells a listener. The reader must never wait for a slow listener, and memory must not grow: what
 * is more than 4 MiB behind goes through a temporary file, which only the user can read.
 * Thread-safe for one writer and one reader.
 */
final class SpillQueue {
  /** A piece of one stream. */
  static final class Piece {
    final byte[] bytes;
    final boolean error;

    Piece(byte[] bytes, boolean error) {
      this.bytes = bytes;
      this.error = error;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SpillQueue.class);

  static final int IN_MEMORY = 4 << 20;
  private static final int HEAD = 5;

  private final Queue<Piece> memory = new ArrayDeque<>();
  private int pending;
  private @Nullable FileChannel file;
  private long readAt;
  private long writtenTo;
  private long lost;
  private boolean ended;
  private boolean closed;

  /** Adds a piece; it never waits for the reader. */
  synchronized void put(byte[] bytes, int offset, int length, boolean error) {
    if (closed || length == 0) {
      return;
    }
    if (lost > 0) {
      lost += length;
    } else if (readAt == writtenTo && pending + length <= IN_MEMORY) {
      memory.add(new Piece(Arrays.copyOfRange(bytes, offset, offset + length), error));
      pending += length;
    } else {
      spill(bytes, offset, length, error);
    }
    notifyAll();
  }

  private void spill(byte[] bytes, int offset, int length, boolean error) {
    ByteBuffer record = ByteBuffer.allocate(HEAD + length);
    record.put((byte) (error ? 1 : 0)).putInt(length).put(bytes, offset, length).flip();
    try {
      FileChannel open = file == null ? temporary() : file;
      file = open;
      long position = writtenTo;
      while (record.hasRemaining()) {
        position += open.write(record, position);
      }
      writtenTo = position;
    } catch (IOException e) {
      LOG.warn("output of a command that its listener has yet to hear is lost", e);
      lost += length;
    }
  }

  private static FileChannel temporary() throws IOException {
    Path path = Files.createTempFile("hawser-output-", null);
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The next piece; null when no more will come. */
  synchronized @Nullable Piece take() throws InterruptedException {
    while (memory.isEmpty() && readAt == writtenTo && lost == 0 && !ended && !closed) {
      wait();
    }
    Piece piece = memory.poll();
    if (piece != null) {
      pending -= piece.bytes.length;
      return piece;
    }
    if (closed || readAt == writtenTo) {
      return lost();
    }
    try {
      return unspill();
    } catch (IOException e) {
      LOG.warn("output of a command that its listener has yet to hear is lost", e);
      lost += writtenTo - readAt;
      readAt = writtenTo;
      return lost();
    }
  }

  private Piece unspill() throws IOException {
    ByteBuffer head = read(HEAD);
    boolean error = head.get() == 1;
    byte[] bytes = read(head.getInt()).array();
    if (readAt == writtenTo) {
      readAt = 0;
      writtenTo = 0;
    }
    return new Piece(bytes, error);
  }

  private ByteBuffer read(int length) throws IOException {
    FileChannel open = file;
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int count = open == null ? -1 : open.read(buffer, readAt);
      if (count < 0) {
        throw new EOFException("the temporary file of a command's output is cut short");
      }
      readAt += count;
    }
    return buffer.flip();
  }

  /** What tells the listener of a gap; null when there is none. */
  private @Nullable Piece lost() {
    if (lost == 0 || closed) {
      return null;
    }
    String notice = "\n[Hawser: " + lost + " bytes left out here]\n";
    lost = 0;
    return new Piece(notice.getBytes(StandardCharsets.UTF_8), true);
  }

  /** No more comes: what is there can still be taken. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Drops what is there, and the file. */
  synchronized void close() {
    closed = true;
    memory.clear();
    readAt = writtenTo;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.debug("a temporary file did not close", e);
      }
    }
    notifyAll();
  }
}
