package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.mock.MockSsh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many are connected to a port of a host. */
class OpenConnectionsTest {
  @Test
  void connectionsToTheHostsOwnAddressAreCountedAsTheKernelTellsThem(@TempDir Path temp)
      throws IOException {
    assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
    HostAccess access = new TestHost(temp, "/bin/sh").access;
    InetAddress own = InetAddress.getByName(access.host().address());
    try (ServerSocket server = new ServerSocket(0, 5, own);
        ServerSocket other =
            new ServerSocket(server.getLocalPort(), 5, InetAddress.getByName("127.0.0.12"))) {
      int port = server.getLocalPort();
      assertThat(access.connections(port)).as("who only listens").hasValue(0);
      try (Socket client = new Socket(own, port);
          Socket accepted = server.accept();
          Socket elsewhere = new Socket(other.getInetAddress(), port)) {
        assertThat(access.connections(port)).hasValue(1);
        assertThat(List.of(client, accepted, elsewhere)).allMatch(Socket::isConnected);
      }
      assertThat(access.connections(port)).hasValue(0);
    }
  }

  @Test
  void onAHostOfItsOwnEveryAddressCounts() {
    MockSsh ssh = MockSsh.create();
    Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
    Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
    HostAccess access = HostAccess.to(ssh, cluster, host);
    assertThat(access.connections(5000)).hasValue(0);

    ssh.whenMatching("*", "hawser-agent connections .* 1388")
        .answer(
            0,
            "c 0100000A 0400000A:8F2A\n"
                + "c 0000000000000000FFFF00000100000A 0000000000000000FFFF00000500000A:8F2B\n"
                + "end\n",
            "");
    assertThat(access.connections(5000)).hasValue(2);

    ssh.whenMatching("*", "hawser-agent connections .*")
        .answer(0, "unchecked /proc/net/tcp cannot be read\nend\n", "");
    assertThat(access.connections(5000)).isEqualTo(OptionalInt.empty());

    ssh.whenMatching("*", "hawser-agent connections .*").answer(0, "c all of them\nend\n", "");
    assertThatThrownBy(() -> access.connections(5000)).hasMessageContaining("to connections");
  }
}
