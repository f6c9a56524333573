package io.hawser.filesystem.image;

import java.io.IOException;
import java.io.InputStream;

/** Takes the entries of a layer in their order. */
interface LayerTarget {
  /**
   * Takes one.
   *
   * @param content the bytes of a file, which need not be read; empty for anything else
   */
  void place(LayerEntry entry, InputStream content) throws IOException;
}
