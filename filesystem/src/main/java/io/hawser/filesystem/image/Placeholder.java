package io.hawser.filesystem.image;

/** Keeps the package from being empty; delete it with the first real type. */
final class Placeholder {
  private Placeholder() {}
}
