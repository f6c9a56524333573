package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.List;

/**
 * What a node got when it pulled an image, every part with the right digest.
 *
 * @param reference what was asked for
 * @param digest the digest that the reference stood for
 * @param parts what was fetched, in order: index, manifest, configuration, layers
 * @param failures endpoints that failed and were passed over, with the reason
 */
public record PulledImage(String reference, String digest, List<Part> parts, List<String> failures)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the lists. */
  public PulledImage {
    parts = ImmutableList.copyOf(parts);
    failures = ImmutableList.copyOf(failures);
  }

  /**
   * One part of an image.
   *
   * @param kind {@code index}, {@code manifest}, {@code config} or {@code layer}
   * @param digest its digest
   * @param size its size in bytes
   * @param endpoint where it came from: scheme, address and port
   */
  public record Part(String kind, String digest, long size, String endpoint)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The endpoints that parts came from, each once, in the order of their first part. */
  public List<String> endpoints() {
    return parts.stream().map(Part::endpoint).distinct().toList();
  }
}
