package io.hawser.filesystem.image;

import io.hawser.cluster.Architectures;
import java.io.IOException;

/**
 * How one document of an OCI image names another, or a layer.
 *
 * @param mediaType may be empty
 * @param hex the SHA-256 in hexadecimal digits
 * @param architecture for example {@code amd64}; empty when it is not said
 * @param variant of the architecture, for example {@code v8}; may be empty
 */
record Descriptor(
    String mediaType, String hex, long size, String os, String architecture, String variant) {
  static Descriptor of(JsonFields fields) throws IOException {
    JsonFields platform = fields.fields("platform");
    return new Descriptor(
        fields.text("mediaType"),
        Digests.hex(fields.text("digest"), fields.where()),
        fields.size("size"),
        platform.text("os"),
        Architectures.word(platform.text("architecture")),
        platform.text("variant"));
  }

  /** Whether it is for another system than Linux, or what builders put beside an image. */
  boolean isForeign() {
    return !os.isEmpty() && !os.equals(ImageConfiguration.LINUX);
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }
}
