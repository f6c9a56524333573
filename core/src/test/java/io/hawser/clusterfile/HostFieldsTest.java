package io.hawser.clusterfile;

import static io.hawser.clusterfile.ClusterfilesTest.host;
import static io.hawser.clusterfile.ClusterfilesTest.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
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

  @Test
  void N12_hostKeysArePinnedAsFingerprints() {
    String pin = "SHA256:" + "a".repeat(43);
    String text = host("ips: [10.0.0.2]", "roles: [node]", "ssh: {hostKeys: ['" + pin + "']}");
    assertThat(access(text).hostKeys()).containsExactly(pin);
    for (String bad : List.of("SHA256:abc", "MD5:12:34", "a".repeat(43))) {
      assertThat(
              problems(
                  host("ips: [10.0.0.2]", "roles: [node]", "ssh: {hostKeys: ['" + bad + "']}")))
          .singleElement()
          .asString()
          .contains("spec.hosts[1].ssh.hostKeys[0]: \"" + bad + "\" is not a fingerprint");
    }
  }

  @Test
  void jumpHostsAreTheWayInOrderAndTakeOverTheCredentials() {
    String jumps = "jump: [{ip: '10.9.0.1:2222'}, {ip: 10.9.0.2, user: hop, passwd: other}]";
    String text =
        host("ips: [10.0.0.2]", "roles: [node]", "ssh: {passwd: own, agent: true, " + jumps + "}");
    SshAccess access = access(text);
    Host last = access.jump().orElseThrow();
    Host first = last.ssh().jump().orElseThrow();

    assertThat(access.agent()).isTrue();
    assertThat(last.address()).isEqualTo("10.9.0.2");
    assertThat(last.ssh().user()).isEqualTo("hop");
    assertThat(last.ssh().password()).contains(Secret.of("other"));
    assertThat(first.address()).isEqualTo("10.9.0.1");
    assertThat(first.ssh().port()).isEqualTo(2222);
    assertThat(first.ssh().password()).contains(Secret.of("own"));
    assertThat(first.ssh().jump()).isEmpty();
  }

  @Test
  void faultsOfJumpHostsAreReportedWhereTheyStand() {
    assertThat(
            problems(
                host(
                    "ips: [10.0.0.2]",
                    "roles: [node]",
                    "ssh: {agent: yes, jump: [{ip: bastion}, {user: x}, {ip: 10.1.1.1, jump: []}]}")))
        .hasSize(4)
        .anySatisfy(text -> assertThat(text).contains("ssh.agent: \"yes\" is neither"))
        .anySatisfy(text -> assertThat(text).contains("ssh.jump[0].ip: \"bastion\" is a name"))
        .anySatisfy(text -> assertThat(text).contains("ssh.jump[1].ip: there is no address"))
        .anySatisfy(text -> assertThat(text).contains("ssh.jump[2].jump: a jump host has none"));
  }

  private static SshAccess access(String text) {
    return Clusterfiles.parse(text, "c").hosts().get(1).ssh();
  }
}
