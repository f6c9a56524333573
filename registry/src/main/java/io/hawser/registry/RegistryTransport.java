package io.hawser.registry;

/** How clients talk to the replicas of a registry. */
public enum RegistryTransport {
  /**
   * HTTPS. Each cluster has a certificate authority of its own, and each replica a certificate of
   * it for its address and the registry's name; the nodes trust that authority, for this registry
   * only. Keys and certificates are made on the controller and kept in {@link ClusterSecrets}.
   *
   * <p>In mode {@link RegistryMode#SAFE} only, and the default there. docs/tls.md says how long
   * certificates live and what happens when they are renewed or lost.
   */
  TLS,
  /** HTTP: whoever sees the network sees the password and what is pulled. */
  PLAIN_HTTP;

  /** What is used in a mode unless somebody chooses: plain HTTP only where the rootfs serves. */
  static RegistryTransport standard(RegistryMode mode) {
    return mode == RegistryMode.SAFE ? TLS : PLAIN_HTTP;
  }
}
