package io.hawser.clusterfile;

import static io.hawser.clusterfile.ClusterfilesTest.host;
import static io.hawser.clusterfile.ClusterfilesTest.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostFieldsTest {
  @Test
  void I6_badAddressesAreRefused() {
    for (String bad :
        List.of(
            "10.0.0",
            "10.0.0.256",
            "010.0.0.2",
            "' 10.0.0.2'",
            "'10.0.0.2 '",
            "0.0.0.0",
            "'::'",
            "224.0.0.1",
            "10.0.0.2:",
            "'10.0.0.2:0'",
            "'10.0.0.2:022'",
            "'10.0.0.2:+22'",
            "'[::1'",
            "'[fd00::1]22'",
            "'[10.0.0.2'",
            "'fd00::1::2'",
            "example.com",
            "'~'",
            "''",
            "10.0.0.2/32",
            "'10.0.0.2,10.0.0.3'",
            "'[fd00::1]:'",
            "{a: b}",
            "[10.0.0.2]",
            "~")) {
      assertThat(problems(host("ips: [" + bad + "]", "roles: [node]"))).as(bad).hasSize(1);
    }
  }

  @Test
  void I6_oneHostInTwoSpellingsIsRefused() {
    for (String pair :
        List.of(
            "10.0.0.2, '10.0.0.2:22'",
            "fd00::1, '[FD00:0::1]:22'",
            "'[fd00::1]', fd00:0:0:0:0:0:0:1",
            "10.0.0.2, '::ffff:10.0.0.2'")) {
      assertThat(problems(host("ips: [" + pair + "]", "roles: [node]")))
          .as(pair)
          .singleElement()
          .asString()
          .contains("one host is listed twice");
    }
  }

  @Test
  void onePortPerHostMakesTwoHosts() {
    String text = host("ips: ['10.0.0.2:22', '10.0.0.2:23']", "roles: [node]");
    assertThat(Clusterfiles.parse(text, "c").hosts()).extracting(Host::address).hasSize(3);
  }

  @Test
  void I6_portsAreDecimalNumbers() {
    for (String bad : List.of("0", "65536", "022", "+22", "-1", "0x16", "2_2", "22.0", "''")) {
      assertThat(problems(host("ips: [10.0.0.2]", "roles: [node]", "ssh: {port: " + bad + "}")))
          .as(bad)
          .singleElement()
          .asString()
          .contains("spec.hosts[1].ssh.port: port \"");
    }
  }

  @Test
  void hostsWithoutRoleAreReported() {
    assertThat(problems(host("ips: [10.0.0.2]", "roles: [rack=a]")))
        .singleElement()
        .asString()
        .contains("spec.hosts[1].roles: the hosts have no role");
  }
}
