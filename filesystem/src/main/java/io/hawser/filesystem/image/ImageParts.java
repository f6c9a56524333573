package io.hawser.filesystem.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an image for one platform consists of.
 *
 * @param configuration what it says of itself, and which layers it has
 * @param layers its layers, lowest first
 */
record ImageParts(ImageConfiguration configuration, List<Layer> layers) {
  private static final int MOST_LAYERS = 1_000;

  /**
   * Puts layers and what the configuration says of them together.
   *
   * @param sections where the layers lie, lowest first
   * @param digests their digests there, or none
   */
  static ImageParts of(
      ImageConfiguration configuration, List<FileSection> sections, List<String> digests)
      throws IOException {
    List<String> unpacked = configuration.unpackedDigests();
    if (unpacked.size() != sections.size() || sections.size() > MOST_LAYERS) {
      throw new MalformedImage(
          configuration.name()
              + " tells of "
              + unpacked.size()
              + " layers, but there are "
              + sections.size());
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      String digest = digests.isEmpty() ? null : digests.get(i);
      layers.add(new Layer(sections.get(i), digest, unpacked.get(i)));
    }
    return new ImageParts(configuration, layers);
  }

  /** By it the image is known: it determines the tree, however the layers are compressed. */
  String id() {
    return configuration.id();
  }
}
