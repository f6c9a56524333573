package io.hawser.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that are named by their content. A registry's storage keeps a blob in {@code
 * blobs/sha256/AB/ABCD.../data} (CNCF distribution, the layout of its file system driver), an image
 * layout in {@code blobs/sha256/ABCD...} (OCI image specification, image-layout). Such a file need
 * not be read to know what a host must have; one that holds something else is found by the host.
 */
final class ContentAddress {
  private static final String SIGN = "blobs/sha256/";
  private static final Pattern BLOB =
      Pattern.compile(
          "(?:.*/)?blobs/sha256/(?:([0-9a-f]{2})/(\\1[0-9a-f]{62})/data|([0-9a-f]{64}))",
          Pattern.DOTALL);

  private ContentAddress() {}

  /** The SHA-256, in hex, that a file at this path has if it is what its name says. */
  static Optional<String> sha256(String path) {
    if (!path.contains(SIGN)) {
      return Optional.empty();
    }
    Matcher blob = BLOB.matcher(path);
    return blob.matches()
        ? Optional.of(blob.group(3) == null ? blob.group(2) : blob.group(3))
        : Optional.empty();
  }
}
