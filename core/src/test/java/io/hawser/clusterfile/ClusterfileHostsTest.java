package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hosts that are added, taken out or given other roles in a file that a person wrote. */
class ClusterfileHostsTest {
  private static final String TEXT =
      """
      # The shop's cluster.
      kind: Cluster
      metadata: {name: shop}
      spec:
        ssh:
          passwd: "007"   # changed in May
          port: 2222
        # All hosts.
        hosts:
        # First the masters.
        - ips: [10.0.0.1, "10.0.0.2:22"]
          roles: [master, amd64, rack=a]
          env: [size=big]
        # The nodes
        # of rack b.
        - roles:   # no registries there
          - node
          ips:
          - 10.0.0.3   # slow
          - 10.0.0.4

        # After the hosts.
        env:
        - a=1
      x: 1
      """;

  private static Clusterfile read(String text) {
    return Clusterfiles.reader().checkTrees(false).lenient(true).load(text, "Clusterfile");
  }

  private static Host with(Host host, Role... roles) {
    return Host.at(host.address()).ssh(host.ssh()).roles(roles).build();
  }

  private static Clusterfile changed(Clusterfile file, int index, Role... roles) {
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    hosts.set(index, with(hosts.get(index), roles));
    return file.withHosts(hosts);
  }

  private static void assertReadsTheSame(Clusterfile changed) {
    List<Host> again = read(changed.text()).cluster().hosts();
    List<Host> hosts = changed.cluster().hosts();
    assertThat(again).isEqualTo(hosts);
    for (int i = 0; i < hosts.size(); i++) {
      assertThat(again.get(i).roles()).isEqualTo(hosts.get(i).roles());
      assertThat(again.get(i).ssh()).isEqualTo(hosts.get(i).ssh());
      assertThat(again.get(i).env()).isEqualTo(hosts.get(i).env());
      assertThat(again.get(i).labels()).isEqualTo(hosts.get(i).labels());
      assertThat(again.get(i).arch()).isEqualTo(hosts.get(i).arch());
    }
  }

  @Test
  void theSameHostsLeaveTheTextAsItIs() {
    Clusterfile file = read(TEXT);
    assertThat(file.withHosts(file.cluster().hosts()).text()).isEqualTo(TEXT);
  }

  @Test
  void aNewHostIsAddedBelowTheOthersAndAllElseStays() {
    Clusterfile file = read(TEXT);
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    SshAccess common = SshAccess.builder().password(Secret.of("007")).port(2222).build();
    hosts.add(Host.at("fd00::9").ssh(common).roles(Role.REGISTRY).build());
    hosts.add(
        Host.at("fd00::8").ssh(common.toBuilder().port(22).build()).roles(Role.REGISTRY).build());
    Clusterfile changed = file.withHosts(hosts);
    assertThat(changed.text())
        .isEqualTo(
            TEXT.replace(
                "    - 10.0.0.4\n",
                """
                    - 10.0.0.4
                  - ips:
                    - "fd00::9"
                    - "[fd00::8]:22"
                    roles:
                    - registry
                """));
    assertReadsTheSame(changed);
  }

  @Test
  void aNewHostIsWrittenWithWhatItHasToItself() {
    Host host =
        Host.at("10.0.0.9")
            .ssh(SshAccess.builder().user("ops").keyFile("~/k").agent(true).build())
            .roles(Role.NODE)
            .arch("arm64")
            .label("rack", "b")
            .env(java.util.Map.of("n", List.of("1", "2")))
            .build();
    Clusterfile file = read(TEXT);
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    hosts.add(host);
    Clusterfile changed = file.withHosts(hosts);
    assertReadsTheSame(changed);
    Host found = changed.cluster().host("10.0.0.9");
    assertThat(found.ssh()).isEqualTo(host.ssh());
    assertThat(found.arch()).contains("arm64");
    assertThat(found.labels()).isEqualTo(host.labels());
    assertThat(found.envValues("n")).containsExactly("1", "2");
    assertThat(changed.text()).contains("passwd: \"\"", "ips:\n    - \"10.0.0.9:22\"");
  }

  @Test
  void oneHostOfAnItemGetsAnItemOfItsOwnInItsPlace() {
    Clusterfile changed = changed(read(TEXT), 2, Role.NODE, Role.REGISTRY);
    assertThat(changed.text())
        .contains("  # The nodes\n  # of rack b.\n  - roles:")
        .contains("# First the masters.\n  - ips: [10.0.0.1, \"10.0.0.2:22\"]\n")
        .contains("\n\n  # After the hosts.\n  env:\n");
    assertThat(changed.cluster().hosts().get(2).roles()).containsExactly(Role.NODE, Role.REGISTRY);
    assertThat(changed.cluster().hosts().get(3).roles()).containsExactly(Role.NODE);
    assertReadsTheSame(changed);
    Clusterfile back = changed(changed, 2, Role.NODE);
    assertThat(back.cluster().hosts(Role.REGISTRY)).isEmpty();
    assertReadsTheSame(back);
  }

  @Test
  void theRolesOfAnItemAreReplacedInItAndItsOtherWordsStay() {
    Clusterfile file = read(TEXT);
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    hosts.set(0, with(hosts.get(0), Role.MASTER, Role.REGISTRY));
    hosts.set(1, with(hosts.get(1), Role.MASTER, Role.REGISTRY));
    Clusterfile changed = file.withHosts(hosts);
    assertThat(changed.text())
        .isEqualTo(
            TEXT.replace(
                "    roles: [master, amd64, rack=a]\n",
                """
                    roles:
                    - master
                    - registry
                    - amd64
                    - "rack=a"
                """));
    assertReadsTheSame(changed);
  }

  @Test
  void aHostThatIsTakenOutLeavesItsNeighboursAsTheyAre() {
    Clusterfile file = read(TEXT);
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    hosts.remove(3);
    Clusterfile without = file.withHosts(hosts);
    assertThat(without.text()).contains("- roles:   # no registries there\n    - node\n");
    assertThat(without.text()).doesNotContain("10.0.0.4");
    assertReadsTheSame(without);
    hosts.remove(2);
    Clusterfile less = without.withHosts(hosts);
    assertThat(less.text())
        .isEqualTo(
            TEXT.substring(0, TEXT.indexOf("  # The nodes"))
                + TEXT.substring(TEXT.indexOf("\n  # After the hosts.")));
  }

  @Test
  void styleInBracesAndWithoutALastLineEndIsWrittenToo() {
    String text =
        "kind: Cluster\nmetadata: {name: x}\nspec:\n  hosts: [{ips: [10.0.0.1], roles: [master]}]";
    Clusterfile file = read(text);
    List<Host> hosts = new ArrayList<>(file.cluster().hosts());
    hosts.add(Host.at("10.0.0.2").roles(Role.NODE).build());
    assertReadsTheSame(file.withHosts(hosts));
    String block =
        "kind: Cluster\r\nmetadata: {name: x}\r\nspec:\r\n  hosts:\r\n    - ips: [10.0.0.1]\r\n"
            + "      roles: [master]";
    Clusterfile other = read(block);
    assertThat(other.withHosts(hosts).text())
        .startsWith(block + "\r\n    - ips:\r\n")
        .endsWith("roles:\r\n      - node\r\n");
    assertReadsTheSame(other.withHosts(hosts));
  }

  @Test
  void whatCannotBeAClusterIsRefused() {
    Clusterfile file = read(TEXT);
    List<Host> hosts = file.cluster().hosts();
    assertThatThrownBy(() -> file.withHosts(hosts.subList(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no host has the role master");
    assertThatThrownBy(() -> changed(file, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("host 10.0.0.4 has no role");
    assertThatThrownBy(() -> file.withHosts(List.of(hosts.get(0), hosts.get(0))))
        .hasMessageContaining("given twice");
  }

  @Test
  void whateverIsChangedTheFileSaysWhatWasMeant() {
    Random random = new Random(29);
    Clusterfile file = read(TEXT);
    for (int round = 0; round < 200; round++) {
      List<Host> hosts = new ArrayList<>(file.cluster().hosts());
      int index = random.nextInt(hosts.size());
      List<Role> roles = new ArrayList<>(Arrays.asList(Role.values()));
      roles.removeIf(role -> random.nextInt(3) == 0);
      boolean out = roles.isEmpty() && index > 0 && hosts.size() > 2;
      if (out) {
        hosts.remove(index);
      } else if (index > 0 && !roles.isEmpty()) {
        hosts.set(index, with(hosts.get(index), roles.toArray(Role[]::new)));
      } else {
        hosts.add(Host.at("10.1.0." + (round + 1)).roles(Role.NODE).build());
      }
      Clusterfile changed = file.withHosts(hosts);
      assertThat(changed.cluster().hosts()).isEqualTo(hosts);
      for (int i = 0; i < hosts.size(); i++) {
        assertThat(changed.cluster().hosts().get(i).roles())
            .as(changed.text())
            .containsExactlyInAnyOrderElementsOf(hosts.get(i).roles());
      }
      assertReadsTheSame(changed);
      assertThat(changed.text())
          .contains("passwd: \"007\"   # changed in May", "# All hosts.", "# After the hosts.");
      file = changed;
    }
  }
}
