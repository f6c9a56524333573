package io.hawser.ssh.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the head and the tail of a stream within a limit, half each: the head shows how something
 * began, the tail why it ended. Thread-safe.
 */
public final class Capture {
  private final int headLimit;
  private final int tailLimit;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);
  private byte[] tail = new byte[0];
  private int tailStart;
  private int tailSize;
  private long dropped;

  /** Makes one that keeps this many bytes. */
  public Capture(int limit) {
    this.headLimit = Math.max(0, limit) / 2 + Math.max(0, limit) % 2;
    this.tailLimit = Math.max(0, limit) / 2;
  }

  /** Adds bytes. */
  public synchronized void add(byte[] bytes, int offset, int length) {
    int toHead = Math.min(length, headLimit - head.size());
    head.write(bytes, offset, toHead);
    addToTail(bytes, offset + toHead, length - toHead);
  }

  private void addToTail(byte[] bytes, int offset, int length) {
    int skip = Math.max(0, length - tailLimit);
    int rest = length - skip;
    int overwritten = Math.max(0, tailSize + rest - tailLimit);
    dropped += skip + overwritten;
    if (rest == 0) {
      return;
    }
    grow(tailSize + rest);
    tailStart = (tailStart + overwritten) % tail.length;
    tailSize -= overwritten;
    int end = (tailStart + tailSize) % tail.length;
    int first = Math.min(rest, tail.length - end);
    System.arraycopy(bytes, offset + skip, tail, end, first);
    System.arraycopy(bytes, offset + skip + first, tail, 0, rest - first);
    tailSize += rest;
  }

  /** The ring grows while it is not full yet, up to its limit. */
  private void grow(int wanted) {
    if (tail.length < tailLimit && wanted > tail.length) {
      int size = Math.max(Math.min(tailLimit, Math.max(wanted, tail.length * 2)), 1);
      byte[] larger = new byte[Math.min(size, tailLimit)];
      int count = tailSize;
      byte[] now = tailBytes();
      System.arraycopy(now, 0, larger, 0, count);
      tail = larger;
      tailStart = 0;
    }
  }

  private byte[] tailBytes() {
    byte[] now = new byte[tailSize];
    for (int i = 0; i < tailSize; i++) {
      now[i] = tail[(tailStart + i) % tail.length];
    }
    return now;
  }

  /** What is kept so far: the head, a line that says how much is missing, and the tail. */
  public synchronized byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.size() + tailSize + 64);
    all.writeBytes(head.toByteArray());
    if (dropped > 0) {
      all.writeBytes(
          ("\n[Hawser: " + dropped + " bytes left out here]\n").getBytes(StandardCharsets.UTF_8));
    }
    all.writeBytes(tailBytes());
    return all.toByteArray();
  }
}
