package io.hawser.ssh.runner;

import com.google.common.primitives.Bytes;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes one output stream of a command from JSch. It runs on the one thread that reads for all
 * channels of the session, so it only copies.
 *
 * <p>Up to the marker the stream belongs to login shells and their rc files: that is kept, within
 * bounds, for messages only. What follows is the command's.
 */
final class OutputSink extends OutputStream {
  private static final int MOST_NOISE = 64 * 1024;

  private final byte[] marker;
  private final boolean error;
  private final Wake wake;
  private final @Nullable Delivery delivery;
  private final Capture capture;
  private byte[] noise = new byte[MOST_NOISE];
  private int noiseSize;
  private int searched;
  private boolean begun;
  private String markerLine = "";
  private volatile long heardAt = System.nanoTime();

  OutputSink(String marker, boolean error, Wake wake, @Nullable Delivery delivery, int limit) {
    this.marker = marker.getBytes(StandardCharsets.US_ASCII);
    this.error = error;
    this.wake = wake;
    this.delivery = delivery;
    this.capture = new Capture(limit);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    heardAt = System.nanoTime();
    if (begun()) {
      accept(bytes, offset, length);
    } else {
      lookForMarker(bytes, offset, length);
      wake.wake();
    }
  }

  private void accept(byte[] bytes, int offset, int length) {
    capture.add(bytes, offset, length);
    if (delivery != null) {
      delivery.put(bytes, offset, length, error);
    }
  }

  private void lookForMarker(byte[] bytes, int offset, int length) {
    int taken = 0;
    while (taken < length && !begun()) {
      taken += takeNoise(bytes, offset + taken, length - taken);
    }
    accept(bytes, offset + taken, length - taken);
  }

  /** Takes bytes up to the end of the marker's line, or as many as have room; says how many. */
  private synchronized int takeNoise(byte[] bytes, int offset, int length) {
    if (noiseSize == noise.length) {
      // A marker that is not whole yet stays, since only the front is cut off.
      noiseSize = noise.length / 2;
      System.arraycopy(noise, noise.length - noiseSize, noise, 0, noiseSize);
      searched = 0;
    }
    int count = Math.min(length, noise.length - noiseSize);
    System.arraycopy(bytes, offset, noise, noiseSize, count);
    noiseSize += count;
    for (int end = indexOf('\n', searched); end >= 0; end = indexOf('\n', end + 1)) {
      int start = Bytes.indexOf(Arrays.copyOfRange(noise, lineStart(end), end), marker);
      if (start >= 0) {
        start += lineStart(end);
        markerLine = new String(noise, start, end - start, StandardCharsets.US_ASCII);
        begun = true;
        int beyond = noiseSize - end - 1;
        noise = Arrays.copyOf(noise, start);
        noiseSize = start;
        return count - beyond;
      }
    }
    searched = noiseSize;
    return count;
  }

  private int indexOf(char wanted, int from) {
    for (int i = from; i < noiseSize; i++) {
      if (noise[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Where the line that ends there starts: noise without a line end may stand before the marker.
   */
  private int lineStart(int end) {
    int start = end;
    while (start > 0 && noise[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /** Whether the marker has come. */
  synchronized boolean begun() {
    return begun;
  }

  /** The line of the marker; empty before it came. */
  synchronized String markerLine() {
    return markerLine;
  }

  /** What came before the marker; at most the last 64 KiB. */
  synchronized String noise() {
    return new String(noise, 0, noiseSize, StandardCharsets.UTF_8);
  }

  /** The command's output, at most as much as is to be kept. */
  byte[] bytes() {
    return capture.bytes();
  }

  /** When anything came last, by {@link System#nanoTime()}. */
  long heardAt() {
    return heardAt;
  }

  @Override
  public void close() {
    wake.wake();
  }
}
