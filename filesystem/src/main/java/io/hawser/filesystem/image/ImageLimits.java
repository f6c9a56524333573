package io.hawser.filesystem.image;

/**
 * How much an archive may hold before it is taken for an attack or a mistake.
 *
 * @param entries the most files, directories and links of an image, all layers together; those that
 *     later layers take away count too
 * @param bytes the most bytes of all layers, unpacked
 * @param ratio how many times its compressed size a layer may take unpacked, beyond 64 MiB that
 *     every layer may
 */
public record ImageLimits(long entries, long bytes, long ratio) {
  /** A million entries, 64 GiB, 100 times: a rootfs with its images has some thousands and GiB. */
  public static final ImageLimits DEFAULT = new ImageLimits(1_000_000, 64L << 30, 100);

  /** Refuses limits that would let nothing pass. */
  public ImageLimits {
    if (entries < 1 || bytes < 1 || ratio < 1) {
      throw new IllegalArgumentException(
          "limits of images below 1: " + entries + " entries, " + bytes + " bytes, ratio " + ratio);
    }
  }

  /** The same with another number of entries. */
  public ImageLimits withEntries(long most) {
    return new ImageLimits(most, bytes, ratio);
  }

  /** The same with another number of bytes. */
  public ImageLimits withBytes(long most) {
    return new ImageLimits(entries, most, ratio);
  }

  /** The same with another ratio. */
  public ImageLimits withRatio(long most) {
    return new ImageLimits(entries, bytes, most);
  }
}
