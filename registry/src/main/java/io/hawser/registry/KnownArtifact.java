package io.hawser.registry;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest and one of its blobs that every ready replica can serve.
 *
 * @param repository where they are
 * @param manifest the SHA-256 of the manifest in hexadecimal digits
 * @param blob the SHA-256 of its smallest blob
 */
record KnownArtifact(String repository, String manifest, String blob) {
  /** The first there is; none when there is no manifest with a blob. */
  static Optional<KnownArtifact> in(Storage storage, Map<String, Map<String, Manifest>> manifests) {
    for (Map.Entry<String, Map<String, Manifest>> repository : manifests.entrySet()) {
      for (Map.Entry<String, Manifest> manifest : repository.getValue().entrySet()) {
        Optional<String> blob =
            manifest.getValue().blobs().stream()
                .filter(storage.blobs()::containsKey)
                .min(Comparator.comparingLong(digest -> size(storage, digest)));
        if (blob.isPresent()) {
          return Optional.of(new KnownArtifact(repository.getKey(), manifest.getKey(), blob.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static long size(Storage storage, String digest) {
    var blob = storage.blobs().get(digest);
    return blob == null ? Long.MAX_VALUE : blob.size();
  }
}
