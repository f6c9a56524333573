package io.hawser.ssh.jsch;

import com.google.common.primitives.Bytes;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
  private final boolean streams;
  private final OutputQueue queue;
  private final Capture capture;
  private byte[] noise = new byte[0];
  private boolean begun;
  private String markerLine = "";

  OutputSink(String marker, boolean error, boolean streams, OutputQueue queue, int limit) {
    this.marker = marker.getBytes(StandardCharsets.US_ASCII);
    this.error = error;
    this.streams = streams;
    this.queue = queue;
    this.capture = new Capture(limit);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (begun()) {
      accept(bytes, offset, length);
    } else {
      lookForMarker(bytes, offset, length);
      queue.wake();
    }
  }

  private void accept(byte[] bytes, int offset, int length) {
    capture.add(bytes, offset, length);
    if (streams && length > 0) {
      queue.put(bytes, offset, length, error);
    }
  }

  private void lookForMarker(byte[] bytes, int offset, int length) {
    byte[] rest;
    synchronized (this) {
      byte[] all = Arrays.copyOf(noise, noise.length + length);
      System.arraycopy(bytes, offset, all, noise.length, length);
      int start = Bytes.indexOf(all, marker);
      int end = start < 0 ? -1 : indexOf(all, '\n', start);
      if (end < 0) {
        // A marker that is not whole yet stays, since only the front is cut off.
        noise =
            all.length > MOST_NOISE
                ? Arrays.copyOfRange(all, all.length - MOST_NOISE / 2, all.length)
                : all;
        return;
      }
      noise = Arrays.copyOf(all, start);
      markerLine = new String(all, start, end - start, StandardCharsets.US_ASCII);
      begun = true;
      rest = Arrays.copyOfRange(all, end + 1, all.length);
    }
    accept(rest, 0, rest.length);
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
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
    return new String(noise, StandardCharsets.UTF_8);
  }

  /** The command's output. */
  String text() {
    return capture.text();
  }

  @Override
  public void close() {
    queue.wake();
  }
}
