package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * One image of a {@link SampleImages} storage.
 *
 * @param repository the name without registry and tag, for example {@code sample/app-0}
 * @param tag the tag
 * @param digest the digest that the tag points at: of a manifest or of an index
 * @param blobs the digests of everything that belongs to it, manifests, configurations and layers
 *     of all platforms, each once
 */
public record SampleImage(String repository, String tag, String digest, List<String> blobs) {
  /** Copies the list. */
  public SampleImage {
    blobs = ImmutableList.copyOf(blobs);
  }

  /** The reference in a registry, for example {@code sealos.hub:5000/sample/app-0:v1}. */
  public String in(CharSequence registry) {
    return registry + "/" + repository + ":" + tag;
  }
}
