package io.hawser.registry;

import io.hawser.Secret;

/**
 * Marks by which contents are known again, secrets among them, for plans that are kept: equal texts
 * have equal marks, and only who has the secrets of the cluster can try what a mark stands for.
 * Thread-safe.
 */
public final class ContentMarks {
  private final Registries registries;

  private ContentMarks(Registries registries) {
    this.registries = registries;
  }

  /** Those of the cluster of some registries; a key is generated and kept when first asked. */
  public static ContentMarks of(Registries registries) {
    return new ContentMarks(registries);
  }

  /** The mark of a text: an HMAC-SHA256 in hex. */
  public String of(Secret text) {
    return registries.replicas.source().mark(text);
  }
}
