package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostListTest {
  private static List<String> hosts(String text) {
    List<String> faults = new ArrayList<>();
    List<HostList.Item> items = HostList.parse("--nodes", text, faults);
    assertThat(faults).isEmpty();
    return items.stream().map(HostList.Item::toString).toList();
  }

  private static String fault(String text) {
    List<String> faults = new ArrayList<>();
    HostList.parse("--nodes", text, faults);
    return String.join("\n", faults);
  }

  @Test
  void listsRangesAndPortsAsSealosTakesThem() {
    assertThat(hosts("10.0.0.1")).containsExactly("10.0.0.1");
    assertThat(hosts("10.0.0.1,10.0.0.3:2222")).containsExactly("10.0.0.1", "10.0.0.3:2222");
    assertThat(hosts("10.0.0.254-10.0.1.1, 10.0.0.9"))
        .containsExactly("10.0.0.254", "10.0.0.255", "10.0.1.0", "10.0.1.1", "10.0.0.9");
    assertThat(hosts("255.255.255.254-255.255.255.255")).hasSize(2);
    assertThat(hosts("0.0.0.1-0.0.0.2")).containsExactly("0.0.0.1", "0.0.0.2");
    assertThat(hosts("10.0.0.7-10.0.0.7")).containsExactly("10.0.0.7");
  }

  @Test
  void addressesOfIpV6AndRangesWithAPortBeyondSealos() {
    assertThat(hosts("fd00::1,[fd00::2],[FD00:0::3]:2222"))
        .containsExactly("fd00::1", "fd00::2", "[fd00::3]:2222");
    assertThat(hosts("fd00::fffe-fd00::1:1"))
        .containsExactly("fd00::fffe", "fd00::ffff", "fd00::1:0", "fd00::1:1");
    assertThat(hosts("[fd00::1]-[fd00::2]:22")).containsExactly("[fd00::1]:22", "[fd00::2]:22");
    assertThat(hosts("10.0.0.1-10.0.0.2:2200")).containsExactly("10.0.0.1:2200", "10.0.0.2:2200");
    assertThat(hosts("fe80::1%eth-0")).containsExactly("fe80::1%eth-0");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(fault("10.0.0.0/24,10.0.0.5-10.0.0.1,10.0.0.1-5,a.example,10.0.0.1:0,10.0.0.1:x,,"))
        .contains("10.0.0.0/24\" is a network")
        .contains("10.0.0.5-10.0.0.1\" does not lead")
        .contains("\"5\" is not an IPv4 or IPv6 address; both ends of a range are whole addresses")
        .contains("\"a.example\" is not an IPv4")
        .contains("port \"0\"")
        .contains("port \"x\"")
        .contains("nothing between two commas");
    assertThat(fault("10.0.0.1,10.0.0.1")).isEqualTo("--nodes: 10.0.0.1 is listed twice");
    assertThat(fault("10.0.0.1-10.0.0.3,10.0.0.2")).contains("10.0.0.2 is listed twice");
    assertThat(fault("10.0.0.1-10.1.0.1")).contains("65537 hosts", "1000");
    assertThat(fault("10.0.0.1:22-10.0.0.2")).contains("port of a range stands at its end");
    assertThat(fault("10.0.0.1-fd00::1")).contains("does not lead");
    assertThat(fault("[10.0.0.1")).contains("is not");
    assertThat(fault("")).contains("nothing at all");
  }
}
