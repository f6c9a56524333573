package io.hawser.filesystem.image;

import org.jspecify.annotations.Nullable;

/**
 * A layer of an image.
 *
 * @param section where it lies
 * @param digest the SHA-256 of it as it lies there, in hexadecimal digits; null where the archive
 *     does not say
 * @param unpackedDigest the SHA-256 of it unpacked, which the image's configuration says
 */
record Layer(FileSection section, @Nullable String digest, String unpackedDigest) {
  @Override
  public String toString() {
    return "layer sha256:" + (digest == null ? unpackedDigest : digest);
  }
}
