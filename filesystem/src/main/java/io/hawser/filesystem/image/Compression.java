package io.hawser.filesystem.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How bytes are compressed, as their first ones say. */
final class Compression {
  private static final int BUFFER = 1 << 16;

  private static final String CONVERT =
      ", which is not read here; convert the archive, for example by \"skopeo copy"
          + " --dest-compress-format gzip oci-archive:FILE oci-archive:NEW-FILE\"";

  private static final String DECOMPRESS =
      ", which is not read here; decompress the file, or compress it by gzip";

  private Compression() {}

  /**
   * The bytes of a layer unpacked, or as they are when they are not compressed.
   *
   * @throws MalformedImage if the compression is not supported
   */
  static InputStream unpacked(BufferedInputStream in) throws IOException {
    return isGzip(head(in, CONVERT)) ? new GZIPInputStream(in, BUFFER) : in;
  }

  static BufferedInputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  /** Whether a file is compressed as a whole. */
  static boolean isGzip(FileSection file) throws IOException {
    try (BufferedInputStream in = buffered(file.open())) {
      return isGzip(head(in, DECOMPRESS));
    }
  }

  private static byte[] head(BufferedInputStream in, String instead) throws IOException {
    in.mark(BUFFER);
    byte[] head = in.readNBytes(6);
    in.reset();
    if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)) {
      throw new MalformedImage("it is compressed with zstd" + instead);
    }
    if (starts(head, 0xfd, '7', 'z', 'X', 'Z')) {
      throw new MalformedImage("it is compressed with xz" + instead);
    }
    if (starts(head, 'B', 'Z', 'h')) {
      throw new MalformedImage("it is compressed with bzip2" + instead);
    }
    return head;
  }

  private static boolean isGzip(byte[] head) {
    return starts(head, 0x1f, 0x8b);
  }

  private static boolean starts(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
