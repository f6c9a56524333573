package io.hawser.filesystem.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file, such as a blob in an archive that is not unpacked. */
record FileSection(Path file, long offset, long size) {
  /** Documents of images are small; a larger one would only fill the memory. */
  private static final long LARGEST_DOCUMENT = 1L << 20;

  Input open() throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Input(channel.position(offset), size);
  }

  /** All bytes of a small part. */
  byte[] document(String name) throws IOException {
    if (size > LARGEST_DOCUMENT) {
      throw new MalformedImage(name + " is larger than 1 MiB, which no such document is");
    }
    try (Input in = open()) {
      return in.readAllBytes();
    }
  }

  /** The bytes, and how far they were read. An interrupt ends the read. */
  static final class Input extends InputStream {
    private final FileChannel channel;
    private long left;

    private Input(FileChannel channel, long left) {
      this.channel = channel;
      this.left = left;
    }

    /** Where in the file the next byte stands. */
    long position() throws IOException {
      return channel.position();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      ByteBuffer target = ByteBuffer.wrap(bytes, from, (int) Math.min(length, left));
      int read = channel.read(target);
      if (read < 0) {
        throw new MalformedImage("the file ends before its content does; copy it anew");
      }
      left -= read;
      return read;
    }

    /** Exact, since readers of joined gzip members ask whether another one follows. */
    @Override
    public int available() {
      return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
