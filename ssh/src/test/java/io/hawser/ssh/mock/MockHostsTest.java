package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How hosts are named, and which of them a name means. */
class MockHostsTest {
  private static final Command UNAME = Command.of("uname", "-m");
  private static final Host PLAIN = Host.at("10.0.0.1").build();
  private static final Host OTHER = at("10.0.0.1", 2222);

  private final MockSsh ssh = MockSsh.create();

  private static Host at(String address, int port) {
    return Host.at(address).ssh(SshAccess.builder().port(port).build()).build();
  }

  @Test
  void aRuleForAnAddressCoversEveryPortOfIt() {
    ssh.when("10.0.0.1", "uname -m").answer(0, "any", "");
    ssh.when("10.0.0.1:2222", "uname -m").answer(0, "one", "");

    assertThat(ssh.run(PLAIN, UNAME).stdout()).isEqualTo("any");
    assertThat(ssh.run(OTHER, UNAME).stdout()).isEqualTo("one");
    assertThatThrownBy(() -> ssh.run(at("110.0.0.1", 2222), UNAME))
        .isInstanceOf(UnscriptedCommandException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd00::1", "[fd00::1]", "[fd00::1]:22", "fd00:0:0::0001", "[FD00::1]:22"})
  void anIpv6AddressIsReadHoweverItIsSpelt(String name) {
    ssh.when(name, "uname -m").answer(0, "six", "");

    assertThat(ssh.run(Host.at("fd00::1").build(), UNAME).stdout()).isEqualTo("six");
    assertThatThrownBy(() -> ssh.run(Host.at("fd00::1:22").build(), UNAME))
        .isInstanceOf(UnscriptedCommandException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry-1",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:ssh",
        "10.0.0.1:",
        "[fd00::1]:",
        "[fd00::1]22",
        "fd00::1]:22",
        ":22",
        ""
      })
  void aNameThatIsNoAddressIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> ssh.when(name, "uname -m"));
    assertThatIllegalArgumentException().isThrownBy(() -> ssh.unreachable(name));
    assertThatIllegalArgumentException().isThrownBy(() -> ssh.files(name));
  }

  @Test
  void faultsAreTakenAndHealedByPort() {
    ssh.lenient().unreachable("10.0.0.1:2222");
    assertThat(ssh.run(PLAIN, UNAME).succeeded()).isTrue();
    assertThat(reason(OTHER)).isEqualTo(Reason.UNREACHABLE);

    ssh.refuseLogin("10.0.0.1");
    assertThat(reason(PLAIN)).isEqualTo(Reason.AUTHENTICATION);
    assertThat(reason(OTHER)).isEqualTo(Reason.AUTHENTICATION);

    ssh.heal("10.0.0.1:2222");
    assertThat(reason(PLAIN)).isEqualTo(Reason.AUTHENTICATION);
    assertThat(ssh.run(OTHER, UNAME).succeeded()).isTrue();

    ssh.heal("10.0.0.1");
    assertThat(ssh.run(PLAIN, UNAME).succeeded()).isTrue();
  }

  private Reason reason(Host host) {
    try {
      ssh.run(host, UNAME);
    } catch (SshException e) {
      return e.reason();
    }
    throw new AssertionError("no exception");
  }

  @Test
  void aLinkIsLostOnItsPortOnly() {
    ssh.lenient().loseLink("10.0.0.1:2222", 0);

    assertThat(ssh.run(PLAIN, UNAME).succeeded()).isTrue();
    assertThat(ssh.run(OTHER, UNAME).exitCode()).isEqualTo(-1);
    assertThat(ssh.run(OTHER, UNAME).succeeded()).isTrue();
  }

  @Test
  void theTranscriptIsByPortToo() {
    ssh.lenient();
    ssh.run(PLAIN, UNAME);
    ssh.run(OTHER, UNAME);

    assertThat(ssh.transcript("10.0.0.1")).hasSize(2);
    assertThat(ssh.transcript("10.0.0.1:2222").toString())
        .isEqualTo("[10.0.0.1:2222: uname -m -> 0]");
    assertThat(ssh.transcript("10.0.0.1:23")).isEmpty();
  }

  @Test
  void hostsOnPortsOfOneAddressHaveFilesOfTheirOwn() {
    ssh.whenMatching("*", "uname.*")
        .effect((command, files) -> files.write("/tmp/n", String.valueOf(files.exists("/tmp/n"))));
    ssh.run(PLAIN, UNAME);
    ssh.run(OTHER, UNAME);

    assertThat(ssh.files("10.0.0.1:22").text("/tmp/n")).isEqualTo("false");
    assertThat(ssh.files("10.0.0.1:2222").text("/tmp/n")).isEqualTo("false");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ssh.files("10.0.0.1"))
        .withMessageContaining("10.0.0.1 was named without a port")
        .withMessageContaining("10.0.0.1:22");
  }

  @Test
  void anAddressAloneMeansTheOneHostThereWhateverItsPort() {
    ssh.files("10.0.0.1").write("/etc/before", "");
    ssh.facts("10.0.0.1", Map.of("arch", "aarch64"));
    ssh.when("*", "uname -m").writes("/etc/after", "");
    ssh.run(OTHER, UNAME);

    assertThat(ssh.files("10.0.0.1").paths()).containsExactly("/etc/after", "/etc/before");
    assertThat(ssh.files("10.0.0.1:2222").paths()).containsExactly("/etc/after", "/etc/before");
  }

  @Test
  void filesLaidWithoutAPortAreNotGivenToWhicheverHostComesFirst() {
    ssh.lenient().files("10.0.0.1").write("/etc/before", "");
    ssh.run(PLAIN, UNAME);

    for (int round = 0; round < 2; round++) {
      assertThatIllegalArgumentException().isThrownBy(() -> ssh.run(OTHER, UNAME));
    }
  }
}
