package io.hawser.filesystem;

/** Keeps the package from being empty; delete it with the first real type. */
final class Placeholder {
  private Placeholder() {}
}
