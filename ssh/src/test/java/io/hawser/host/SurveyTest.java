package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a host tells when it is looked at more closely, by a shell of this machine. */
@EnabledOnOs(OS.LINUX)
class SurveyTest {
  @TempDir Path temp;

  @Test
  void aHostTellsItsTimeAddressesRoomAndWhoListens() throws IOException {
    allIsTold(new TestHost(temp, "/bin/sh"));
  }

  @Test
  void aHostWithTheToolsOfBusyboxTellsTheSame() throws IOException {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/busybox"))).isTrue();
    allIsTold(new TestHost(temp, "/bin/sh").withBusybox());
  }

  /** Also for other shells. */
  static void allIsTold(TestHost host) throws IOException {
    host.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int closed;
    NodeFacts told;
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(loopback, 0));
      try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
        closed = other.getLocalPort();
      }
      int port = server.getLocalPort();
      told =
          host.access.survey(
              new Survey(
                  List.of(port, closed),
                  List.of("/var/lib/nothing/at/all"),
                  List.of("127.0.0.1/" + port, "127.0.0.1/" + closed)));
      assertThat(told.get("port." + port)).matches("[0F]{0,24}0100007F,java");
      assertThat(told.get("peer.127.0.0.1/" + port)).isEqualTo("open");
    }
    assertThat(told.values()).containsEntry("port." + closed, "").containsEntry("lacks", "");
    assertThat(told.get("peer.127.0.0.1/" + closed)).isEqualTo("refused");
    assertThat(told.get("machine")).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(Math.abs(Long.parseLong(told.get("clock.offset"))))
        .isLessThanOrEqualTo(Long.parseLong(told.get("clock.doubt")));
    assertThat(told.get("room./var/lib/nothing/at/all"))
        .matches("[0-9]+ ([0-9]+|-) r[wo][a-z0-9,=_:.\\\\/()-]* /.*");
    assertThat(List.of(told.get("addresses").split(" ")))
        .anySatisfy(address -> assertThat(address).endsWith(",127.0.0.1"))
        .allSatisfy(
            address ->
                assertThat(InetAddresses.isInetAddress(address.replaceFirst(".*,", "")))
                    .as(address)
                    .isTrue());
  }

  @Test
  @DisplayName("proxies are told by name only, since their values may hold a password")
  void proxiesAreToldByNameOnly() throws IOException {
    TestHost host = new TestHost(temp, "/bin/sh");
    host.write(
        "/etc/environment",
        "PATH=/bin\nHTTPS_PROXY=\"http://u:pa55@10.0.0.9:3128\"\nno_proxy='10.0.0.0/8,.hub'\n");
    host.write(
        "/etc/systemd/system/containerd.service.d/proxy.conf",
        "[Service]\nEnvironment=\"HTTP_PROXY=http://u:pa55@10.0.0.9:3128\" \"NO_PROXY=localhost\"\n");

    Map<String, String> told =
        host.access.survey(new Survey(List.of(), List.of(), List.of())).values();

    assertThat(told.toString()).doesNotContain("pa55").doesNotContain("3128");
    assertThat(told.get("proxy.login")).contains("HTTPS_PROXY");
    assertThat(told.get("no_proxy.login")).contains("10.0.0.0/8,.hub");
    assertThat(told)
        .containsEntry("proxy.containerd", "HTTP_PROXY")
        .containsEntry("no_proxy.containerd", "localhost,");
  }

  @Test
  void aHostThatIsLookedAtIsAsBefore() throws IOException {
    TestHost host = new TestHost(temp, "/bin/sh");
    host.write("/etc/hosts", "127.0.0.1 localhost\n");

    host.access.survey(new Survey(List.of(5000), List.of("/var/lib/x"), List.of("127.0.0.1/1")));

    try (var paths = Files.walk(host.root)) {
      assertThat(paths.filter(Files::isRegularFile)).containsExactly(host.path("/etc/hosts"));
    }
  }
}
