package io.hawser.ssh.mock;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a host in memory says of itself: a Debian 12 host unless told otherwise. Thread-safe. */
final class MemoryFacts {
  private final Map<String, String> values = new LinkedHashMap<>();

  MemoryFacts(String hostname) {
    values.put("os", "Debian GNU/Linux 12 (bookworm)");
    values.put("arch", "x86_64");
    values.put("hostname", hostname);
    values.put("user", "root");
    values.put(
        "tools",
        "base64 bash cksum containerd ctr curl docker-registry find flock ip iptables openssl setsid"
            + " sha256sum shasum sync systemctl tar timeout wget xargs");
    values.put("sha256", "openssl");
    values.put("containerd", "1.6.20");
    values.put("cpus", "2");
    values.put("free./var", "53687091200");
  }

  synchronized void set(Map<String, ?> overrides) {
    overrides.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
  }

  synchronized Map<String, String> values() {
    return new LinkedHashMap<>(values);
  }
}
