package io.hawser.filesystem.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The unpacked bytes of a layer, which end with an error at the limits. */
final class UnpackedInput extends FilterInputStream {
  /** What every layer may take, however small it is. */
  private static final long ALWAYS = 64L << 20;

  /** What the headers of one entry may take, long names and extended headers included. */
  private static final long LARGEST_HEADERS = 1L << 20;

  private final long most;
  private final String whenMore;
  private long read;
  private long headersEnd = Long.MAX_VALUE;

  /**
   * Starts.
   *
   * @param packed the layer's size as it lies in the archive
   * @param left how many bytes the layers of the image may still take
   */
  UnpackedInput(InputStream in, long packed, long left, ImageLimits limits) {
    super(in);
    long byRatio =
        packed > (Long.MAX_VALUE - ALWAYS) / limits.ratio()
            ? Long.MAX_VALUE
            : packed * limits.ratio() + ALWAYS;
    this.most = Math.min(left, byRatio);
    this.whenMore =
        left < byRatio
            ? "the image takes more than " + limits.bytes() + " bytes unpacked"
            : "it takes more than "
                + limits.ratio()
                + " times its "
                + packed
                + " bytes unpacked, as only an attack or zeros do";
  }

  /** From here on headers are read, which are kept in memory and may not take much. */
  void headersBegin() {
    headersEnd = read + LARGEST_HEADERS;
  }

  void headersEnd() {
    headersEnd = Long.MAX_VALUE;
  }

  /** How many bytes were read. */
  long count() {
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    read += Math.max(0, count);
    if (read > most) {
      throw new MalformedImage(whenMore + "; where that is right, raise ImageLimits");
    }
    if (read > headersEnd) {
      throw new MalformedImage("the headers of an entry take more than 1 MiB");
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return read(new byte[(int) Math.min(count, 1 << 13)]);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
