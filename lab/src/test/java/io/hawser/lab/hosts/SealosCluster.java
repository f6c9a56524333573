package io.hawser.lab.hosts;

import java.nio.file.Path;

/**
 * A cluster as sealos leaves it, made by hand in its order: the rootfs on every host, with the
 * artifacts on the first master; the lines in the hosts files; the registry by the rootfs's own
 * script, on the first master; the runtime's and the last script on every host. No journal.
 */
public final class SealosCluster {
  private static final String ROOTFS = "/var/lib/sealos/data/lab/rootfs";

  /**
   * What containerd's configuration has for the runtime's clients, {@code ctr} needs as options.
   */
  public static final String LOGIN = "--user admin:passw0rd";

  private static final String HTPASSWD =
      "admin:$2y$05$sealosmadeclusterlab0uwdtBEJYpQmJSAZUJmcKu1B1s.2qWn3m";

  private SealosCluster() {}

  /** Makes one of all hosts of a lab. */
  public static void make(Lab lab, Path rootfs) {
    for (int host = 1; host <= lab.size(); host++) {
      copy(lab, rootfs, host);
      lab.on(
              host,
              "printf '%s sealos.hub\\n%s apiserver.cluster.local\\n' "
                  + lab.address(1)
                  + " "
                  + lab.address(1)
                  + " >>/etc/hosts")
          .ok();
      if (host == 1) {
        lab.on(host, REGISTRY).ok();
      }
      lab.on(host, scripts(host == 1 ? "master" : "node")).ok();
    }
  }

  /** As sealos does, with everything executable, and rendered on the host. */
  private static void copy(Lab lab, Path rootfs, int host) {
    lab.on(host, "mkdir -p " + ROOTFS).ok();
    String some = host == 1 ? "" : "--exclude=./registry ";
    SeedRegistry.shell(
        lab,
        "exec tar -C '"
            + rootfs
            + "' "
            + some
            + "--owner=0 --group=0 -cf - . | "
            + lab.tool()
            + " on "
            + host
            + " tar -C "
            + ROOTFS
            + " -xf -");
    lab.on(host, "cd " + ROOTFS + " && chmod -R 0755 . && " + RENDER).ok();
  }

  private static final String RENDER =
      """
      find . -name '*.tmpl' | while read -r file; do
        sed -e 's|{{ .registryData }}|/var/lib/registry|; s|{{ .registryConfig }}|/etc/registry|' \
          -e 's|{{ .registryDomain }}|sealos.hub|g; s|{{ .registryPort }}|5000|g' \
          -e 's|{{ default "none" .sandboxImage }}|none|' "$file" >"${file%.tmpl}" && rm "$file"
      done
      """;

  private static final String REGISTRY =
      "ln -s "
          + ROOTFS
          + "/registry /var/lib/registry && printf '%s\\n' '"
          + HTPASSWD
          + "' >"
          + ROOTFS
          + "/etc/registry_htpasswd && cd "
          + ROOTFS
          + "/scripts && bash init-registry.sh /var/lib/registry /etc/registry"
          + " && curl -sS -o /dev/null --retry 20 --retry-delay 1 --retry-connrefused"
          + " http://127.0.0.1:5000/v2/";

  private static String scripts(String role) {
    return "cd "
        + ROOTFS
        + "/scripts && bash init-cri.sh sealos.hub 5000 && SEALOS_SYS_RUN_MODE="
        + role
        + " odd=plain bash init.sh";
  }
}
