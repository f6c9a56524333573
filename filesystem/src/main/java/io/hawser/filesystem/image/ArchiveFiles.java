package io.hawser.filesystem.image;

import java.io.IOException;
import java.util.Optional;

/** The files of an archive by their names. */
interface ArchiveFiles {
  /** The file with a name such as {@code blobs/sha256/...}; empty when there is none. */
  Optional<FileSection> find(String name) throws IOException;
}
