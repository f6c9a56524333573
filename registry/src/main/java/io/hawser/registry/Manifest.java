package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest needs to be served whole.
 *
 * @param blobs the SHA-256 digests of its config and layers in hexadecimal digits; none for an
 *     index
 * @param manifests the SHA-256 digests of an index's manifests, which may be there or not (an image
 *     for one platform has one of many)
 */
record Manifest(List<String> blobs, List<String> manifests) {
  /** Every kind that a probe may be answered with; without it a registry converts or refuses. */
  static final String ACCEPT =
      "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json";

  /** More than any registry takes. */
  static final long LARGEST = 4L << 20;

  private static final String SHA256 = "sha256:[0-9a-f]{64}";

  Manifest {
    blobs = ImmutableList.copyOf(blobs);
    manifests = ImmutableList.copyOf(manifests);
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
    return new Manifest(
        Stream.concat(Stream.ofNullable(document.get("config")), list(document.get("layers")))
            .flatMap(descriptor -> digest(descriptor).stream())
            .distinct()
            .toList(),
        list(document.get("manifests")).flatMap(Manifest::listed).distinct().toList());
  }

  private static Stream<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream() : Stream.of();
  }

  /** The digest of a manifest that an index lists; none if the layout has no place for it. */
  private static Stream<String> listed(Object value) {
    return value instanceof Map<?, ?> descriptor
            && descriptor.get("digest") instanceof String digest
            && digest.matches(SHA256)
        ? Stream.of(hex(digest))
        : Stream.of();
  }

  private static String hex(String digest) {
    return digest.substring("sha256:".length());
  }

  private static Optional<String> digest(Object value) {
    if (!(value instanceof Map<?, ?> descriptor) || descriptor.containsKey("urls")) {
      // A layer with URLs lies elsewhere by design and need not be in a registry.
      return Optional.empty();
    }
    if (descriptor.get("digest") instanceof String digest && digest.matches(SHA256)) {
      return Optional.of(hex(digest));
    }
    throw new IllegalArgumentException("a digest that is not sha256: " + descriptor.get("digest"));
  }
}
