package io.hawser.bootstrap;

/** A part of a run before or after which hooks may come, in the order of a run. */
public enum Phase {
  /** The whole of {@link Bootstrap#init()}. */
  INIT,
  /** The whole of {@link Bootstrap#applyExternalDeps()}. */
  EXTERNAL_DEPS,
  /**
   * Artifacts are brought to the replicas, a registry is installed on each, and proven to hold and
   * to serve them. Of {@code init} and {@code applyExternalDeps}.
   */
  REGISTRIES,
  /**
   * The registered dependencies: in {@code init} those marked before-init, and when there is none
   * there is no such phase; in {@code applyExternalDeps} all.
   */
  DEPENDENCIES,
  /** The image's script {@code init-cri}, whether there is one or not. Of {@code init}. */
  INIT_CRI,
  /** The image's script {@code init}, whether there is one or not. Of {@code init}. */
  INIT_SCRIPT,
  /** Hosts are told of the registries. Of {@code init} and {@code applyExternalDeps}. */
  ENDPOINTS,
  /** The whole of {@link Bootstrap#reset()}. */
  RESET
}
