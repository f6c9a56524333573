package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** With the oldest JUnit of which the testkit is told that it works. */
@EmbeddedCluster
class EmbeddedClusterTest {
  private static final List<Path> ROOTS = new ArrayList<>();

  private static void onlyTheLastAreThere(EmbeddedHosts hosts) {
    assertThat(ROOTS).allMatch(Files::notExists).doesNotContain(hosts.root(0));
    ROOTS.add(hosts.root(0));
  }

  @Test
  void aTestHasThreeHostsAndAClientToThem(EmbeddedHosts hosts, Cluster cluster, SshClient ssh) {
    onlyTheLastAreThere(hosts);
    assertThat(cluster.name()).isEqualTo("test");
    assertThat(cluster.hosts()).extracting(Host::address).isEqualTo(hosts.addresses());
    assertThat(cluster.hosts()).filteredOn(host -> host.is(Role.REGISTRY)).hasSize(2);
    assertThat(ssh.run(cluster.hosts().get(2), Command.of("echo", "here")).stdout())
        .isEqualTo("here\n");
  }

  @Test
  @EmbeddedCluster(value = "master", name = "small")
  void anAnnotationOfTheTestComesFirst(Cluster cluster, EmbeddedHosts hosts) {
    onlyTheLastAreThere(hosts);
    assertThat(cluster.name()).isEqualTo("small");
    assertThat(hosts.count()).isEqualTo(1);
  }

  @Nested
  class AClassThatAsksBeforeItsTests {
    private static EmbeddedHosts shared;

    @BeforeAll
    static void start(EmbeddedHosts hosts) {
      shared = hosts;
    }

    @AfterAll
    static void theyAreThereYet() {
      assertThat(shared.root(0)).exists();
      ROOTS.add(shared.root(0));
    }

    @Test
    void hasTheSameInEach(EmbeddedHosts hosts) {
      assertThat(hosts).isSameAs(shared);
    }

    @Test
    void andInTheNext(EmbeddedHosts hosts) {
      assertThat(hosts).isSameAs(shared);
    }
  }
}
