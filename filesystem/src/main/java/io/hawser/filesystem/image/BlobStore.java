package io.hawser.filesystem.image;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The blobs of an archive by their digests.
 *
 * @param patterns the names that a blob may have, with {@code %s} for the digits of its digest
 */
record BlobStore(ArchiveFiles files, List<String> patterns) {
  /** The names in an OCI image layout. */
  static final List<String> LAYOUT = List.of("blobs/sha256/%s");

  /** The names in a directory that skopeo wrote with {@code dir:}. */
  static final List<String> DIRECTORY = List.of("%s", "%s.manifest.json");

  Optional<FileSection> find(String hex) throws IOException {
    for (String pattern : patterns) {
      Optional<FileSection> found = files.find(String.format(pattern, hex));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  boolean has(Descriptor descriptor) throws IOException {
    return find(descriptor.hex()).isPresent();
  }

  /** A blob whose size is what its descriptor says. */
  FileSection get(Descriptor descriptor) throws IOException {
    FileSection blob =
        find(descriptor.hex())
            .orElseThrow(() -> new MalformedImage("there is no blob " + descriptor));
    if (blob.size() != descriptor.size()) {
      throw new MalformedImage(
          descriptor
              + " is damaged: it has "
              + blob.size()
              + " bytes, and not "
              + descriptor.size()
              + "; copy the archive anew");
    }
    return blob;
  }

  /** A small blob, proven. */
  byte[] document(Descriptor descriptor) throws IOException {
    byte[] document = get(descriptor).document(descriptor.toString());
    Digests.prove(document, descriptor.hex(), descriptor.toString());
    return document;
  }
}
