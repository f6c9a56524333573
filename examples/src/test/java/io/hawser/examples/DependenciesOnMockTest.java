package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.ExternalDependency;
import io.hawser.host.FileChange;
import io.hawser.registry.ClusterSecretStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies that a user registers. */
class DependenciesOnMockTest {
  @TempDir Path directory;

  @Test
  void aDependencyIsAppliedOnItsHostsAndUndone() {
    MockedCluster mocked = new MockedCluster(directory);
    Map<String, List<String>> before = mocked.paths();
    ExternalDependency proxy =
        ExternalDependency.of(
                "proxy",
                (host, facts) ->
                    List.of(FileChange.plain("/etc/proxy", "for " + host.address() + "\n")))
            .onHosts(host -> host.address().equals("10.0.0.4"));
    Bootstrap bootstrap =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(ClusterSecretStores.inMemory())
            .dependency(proxy)
            .build();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    bootstrap.init();
    assertThat(mocked.ssh.files("10.0.0.4").exists("/etc/proxy")).isFalse();
    bootstrap.applyExternalDeps();
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/proxy")).isEqualTo("for 10.0.0.4\n");
    assertThat(mocked.ssh.files("10.0.0.5").exists("/etc/proxy")).isFalse();
    bootstrap.reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void whatAUsersDependencyThrowsIsARowOfThatHostOnly() {
    MockedCluster mocked = new MockedCluster(directory);
    ExternalDependency broken =
        ExternalDependency.of(
            "broken",
            (host, facts) -> {
              if (host.address().equals("10.0.0.2")) {
                throw new IllegalStateException("thrown by the user's code");
              }
              return List.of();
            });
    Bootstrap bootstrap =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(ClusterSecretStores.inMemory())
            .dependency(broken)
            .build();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    assertThatThrownBy(bootstrap::applyExternalDeps)
        .isInstanceOfSatisfying(
            BootstrapException.class,
            e ->
                assertThat(e.report().failures())
                    .singleElement()
                    .satisfies(
                        row -> {
                          assertThat(row.host()).isEqualTo("10.0.0.2");
                          assertThat(row.message()).contains("thrown by the user's code");
                        }));
    assertThat(bootstrap.plan().toTable()).contains("thrown by the user's code");
  }

  @Test
  void aDependencyMayNotBeCalledLikeAStepOfHawser() {
    MockedCluster mocked = new MockedCluster(directory);
    for (String name : List.of("mount", "registry", "endpoints", "init")) {
      ExternalDependency named = ExternalDependency.of(name, (host, facts) -> List.of());
      assertThatThrownBy(() -> Bootstraps.builder(mocked.cluster, mocked.ssh).dependency(named))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }
}
