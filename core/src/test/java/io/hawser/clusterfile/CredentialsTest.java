package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose credentials a host gets when addresses look alike. */
class CredentialsTest {
  /** Addresses that are a part of one another, and what else the first may be called. */
  private static final Map<String, List<String>> ALIKE =
      Map.ofEntries(
          Map.entry("10.0.0.1", List.of("::ffff:10.0.0.1", "::FFFF:0a00:0001")),
          Map.entry("110.0.0.1", List.of()),
          Map.entry("10.0.0.11", List.of()),
          Map.entry("10.0.0.12", List.of("::ffff:a00:c")),
          Map.entry("1.0.0.1", List.of()),
          Map.entry("::1", List.of("0:0:0:0:0:0:0:1", "0::0001")),
          Map.entry("::11", List.of("0::11")),
          Map.entry("1::1", List.of("0001::1", "1:0:0::1")),
          Map.entry("11::1", List.of("11:0::1")),
          Map.entry("::2:22", List.of("::0002:0022")),
          Map.entry("fd00::a", List.of("FD00::A", "fd00:0::000a")),
          Map.entry("fd00::a0", List.of("FD00::A0")),
          Map.entry("fe80::1%a", List.of("FE80:0::1%a")),
          Map.entry("fe80::1%A", List.of("FE80:0::1%A")),
          Map.entry("fe80::1%ab", List.of("FE80:0::1%ab")));

  private static final List<Integer> PORTS = List.of(22, 2, 222, 2222);

  @Test
  @DisplayName("N19 N20 of all pairs of hosts that look alike none gets the credential of another")
  void noHostGetsTheCredentialOfAnother(@TempDir Path directory) throws IOException {
    StringBuilder hosts = new StringBuilder();
    Map<String, String> passwords = new LinkedHashMap<>();
    for (String address : ALIKE.keySet()) {
      for (int port : PORTS) {
        String password = "password " + passwords.size();
        String role = passwords.isEmpty() ? "master" : "node";
        passwords.put("[" + address + "]:" + port, password);
        hosts.append(
            String.format(
                "  - {ips: [\"[%s]:%d\"], roles: [%s], ssh: {passwd: %s}}%n",
                address, port, role, password));
      }
    }
    Path file = directory.resolve("Clusterfile");
    Files.writeString(
        file,
        "apiVersion: apps.sealos.io/v1beta1\nkind: Cluster\nmetadata: {name: alike}\n"
            + "spec:\n  hosts:\n"
            + hosts);
    Cluster cluster = Clusterfiles.read(file);
    assertThat(cluster.hosts()).hasSize(ALIKE.size() * PORTS.size()).doesNotHaveDuplicates();
    passwords.forEach((name, password) -> assertPassword(cluster, name, password));
    ALIKE.forEach(
        (address, spellings) -> {
          for (String spelling : spellings) {
            for (int port : PORTS) {
              String password = passwords.get("[" + address + "]:" + port);
              assertPassword(cluster, "[" + spelling + "]:" + port, password);
            }
          }
        });
  }

  private static void assertPassword(Cluster cluster, String name, String password) {
    assertThat(cluster.host(name).ssh().password().orElseThrow().reveal())
        .as(name)
        .isEqualTo(password);
  }
}
