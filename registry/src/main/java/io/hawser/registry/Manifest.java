package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a manifest needs to be served whole.
 *
 * @param blobs the SHA-256 digests of its config and layers in hexadecimal digits; none for an
 *     index, whose manifests may be there or not (an image for one platform has one of many)
 */
record Manifest(List<String> blobs) {
  /** Every kind that a probe may be answered with; without it a registry converts or refuses. */
  static final String ACCEPT =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json";

  /** More than any registry takes. */
  static final long LARGEST = 4L << 20;

  Manifest {
    blobs = ImmutableList.copyOf(blobs);
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException if the text is no manifest
   */
  static Manifest parse(String text) {
    if (!(JsonText.parse(text) instanceof Map<?, ?> document)) {
      throw new IllegalArgumentException("not a JSON object");
    }
    Stream<?> layers = document.get("layers") instanceof List<?> list ? list.stream() : Stream.of();
    return new Manifest(
        Stream.concat(Stream.ofNullable(document.get("config")), layers)
            .flatMap(descriptor -> digest(descriptor).stream())
            .distinct()
            .toList());
  }

  private static Optional<String> digest(Object value) {
    if (!(value instanceof Map<?, ?> descriptor) || descriptor.containsKey("urls")) {
      // A layer with URLs lies elsewhere by design and need not be in a registry.
      return Optional.empty();
    }
    if (descriptor.get("digest") instanceof String digest
        && digest.matches("sha256:[0-9a-f]{64}")) {
      return Optional.of(digest.substring("sha256:".length()));
    }
    throw new IllegalArgumentException("a digest that is not sha256: " + descriptor.get("digest"));
  }
}
