package io.hawser.registry;

import java.util.List;

/** Writes the unit file of a registry that Hawser manages. */
final class ServiceUnit {
  private ServiceUnit() {}

  /** The unit's name without {@code .service}. */
  static String name(String cluster) {
    return "hawser-registry-" + cluster;
  }

  /**
   * The unit file. The digest of the configuration in its comment changes with it, so that a
   * changed configuration restarts the service.
   */
  static String of(String cluster, String program, String configPath, String config) {
    return UnitText.of(
        "Configuration",
        config,
        "Container registry of cluster " + cluster,
        List.of(
            // Version 3 of the registry would look for a collector of traces on every start.
            "Environment=OTEL_TRACES_EXPORTER=none",
            "ExecStart=" + program + " serve " + configPath,
            "Restart=always",
            "RestartSec=2",
            "LimitNOFILE=65536",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
            "ProtectSystem=strict",
            "ProtectHome=read-only",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectKernelTunables=yes",
            "ProtectKernelModules=yes",
            "ProtectControlGroups=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes"));
  }
}
