package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryPlacementsTest {
  private static Host host(String address, String rack, Role... roles) {
    return Host.at(address).roles(roles).label("rack", rack).build();
  }

  private static final Cluster RACKS =
      Cluster.named("c")
          .hosts(
              host("10.0.0.1", "a", Role.NODE),
              host("10.0.0.2", "a", Role.MASTER),
              host("10.0.0.3", "a", Role.MASTER),
              host("10.0.0.4", "b", Role.NODE),
              host("10.0.0.5", "c", Role.MASTER),
              Host.at("10.0.0.6").roles(Role.MASTER).build())
          .build();

  private static List<String> placed(RegistryPlacement placement) {
    return placement.place(RACKS).stream().map(Host::address).toList();
  }

  @Test
  void standardIsTheFirstMasterWhereNoHostHasTheRole() {
    assertThat(placed(RegistryPlacements.standard())).containsExactly("10.0.0.2");
  }

  @Test
  void standardIsEveryHostWithTheRole() {
    Cluster cluster =
        Cluster.named("c")
            .hosts(
                Host.at("10.0.0.1").roles(Role.MASTER).build(),
                Host.at("10.0.0.2").roles(Role.REGISTRY).build(),
                Host.at("10.0.0.3").roles(Role.NODE, Role.REGISTRY).build())
            .build();
    assertThat(RegistryPlacements.standard().place(cluster))
        .extracting(Host::address)
        .containsExactly("10.0.0.2", "10.0.0.3");
  }

  @Test
  void addressesMayBeAnyText() {
    StringBuilder text = new StringBuilder("10.0.0.4");
    assertThat(placed(RegistryPlacements.at(text, "10.0.0.1")))
        .containsExactly("10.0.0.4", "10.0.0.1");
    assertThat(placed(RegistryPlacements.at(List.of(text)))).containsExactly("10.0.0.4");
    assertThatIllegalArgumentException().isThrownBy(() -> RegistryPlacements.at());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> placed(RegistryPlacements.at("10.9.9.9")))
        .withMessageContaining("no host 10.9.9.9 in cluster c");
  }

  @Test
  void mastersAreTheFirstOnes() {
    assertThat(placed(RegistryPlacements.masters(3)))
        .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> placed(RegistryPlacements.masters(5)))
        .withMessage("registries on 5 hosts are wanted, but cluster c has only 4 masters");
    assertThatIllegalArgumentException().isThrownBy(() -> RegistryPlacements.masters(0));
  }

  @Test
  void spreadTakesOneOfEachRackBeforeASecond() {
    assertThat(placed(RegistryPlacements.spread("rack", 2)))
        .containsExactly("10.0.0.2", "10.0.0.5");
    assertThat(placed(RegistryPlacements.spread("rack", 3)))
        .containsExactly("10.0.0.2", "10.0.0.5", "10.0.0.4");
    assertThat(placed(RegistryPlacements.spread("rack", 5)))
        .containsExactly("10.0.0.2", "10.0.0.5", "10.0.0.4", "10.0.0.3", "10.0.0.1");
  }

  @Test
  void spreadSaysWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> placed(RegistryPlacements.spread("rack", 6)))
        .withMessage(
            "registries on 6 hosts are wanted, but cluster c has only 5 hosts with the label rack");
  }
}
