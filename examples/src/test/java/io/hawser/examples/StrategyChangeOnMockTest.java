package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.EndpointStrategy;
import io.hawser.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another way to tell nodes of the registries is chosen after init. */
class StrategyChangeOnMockTest {
  private static final String HOST = "10.0.0.5";

  /** A file, two directories made for it, and lines in a file that is not ours. */
  private static final EndpointStrategy OWN =
      (node, replicas) ->
          List.of(
              FileChange.plain("/etc/proxy/list.d/hawser", replicas.get(0).url() + "\n"),
              new BlockChange("/etc/proxy.conf", "own", List.of("registry " + replicas.size())));

  @TempDir Path directory;
  private MockedCluster mocked;

  @BeforeEach
  void makeHosts() {
    mocked = new MockedCluster(directory);
  }

  private Bootstrap with(EndpointStrategy... strategies) {
    return Bootstraps.builder(mocked.cluster, mocked.ssh)
        .secrets(mocked.secrets)
        .endpoints(EndpointStrategies.all(List.of(strategies)))
        .build();
  }

  @Test
  void whatTheOldStrategyMadeGoesAfterTheNewOneIsThere() {
    mocked.ssh.files(HOST).write("/etc/proxy.conf", "theirs\n");
    Map<String, List<String>> before = mocked.paths();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    with(OWN).init();
    assertThat(mocked.ssh.files(HOST).text("/etc/proxy.conf")).contains("registry 3");
    assertThat(with(OWN).init().changed()).isFalse();

    Bootstrap changed = with(EndpointStrategies.containerd());
    assertThat(changed.plan().items())
        .filteredOn(item -> item.host().equals(HOST) && item.step().equals("endpoints"))
        .flatExtracting(item -> item.changes())
        .anyMatch(change -> change.summary().equals("undo file /etc/proxy/list.d/hawser"))
        .anyMatch(change -> change.summary().equals("undo block /etc/proxy.conf"));
    Report report = changed.init();
    assertThat(report.results(HOST))
        .filteredOn(row -> row.step().equals("endpoints"))
        .singleElement()
        .satisfies(
            row -> {
              List<String> lines = row.details();
              assertThat(lines.get(0)).contains("registry-ca");
              assertThat(lines.get(1)).contains("hosts.toml");
              assertThat(lines.indexOf("undo dir /etc/proxy")).isGreaterThan(1);
            });
    assertThat(mocked.ssh.files(HOST).exists("/etc/proxy")).isFalse();
    assertThat(mocked.ssh.files(HOST).text("/etc/proxy.conf")).isEqualTo("theirs\n");
    assertThat(changed.plan().toTable()).startsWith("nothing to change");
    assertThat(changed.init().changed()).isFalse();

    changed.reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void theLinesOfTheStepNamesStayWhenAStrategyStopsToWantTheSame() {
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    with(EndpointStrategies.containerd(), EndpointStrategies.hostsFile()).init();
    String lines = mocked.ssh.files(HOST).text("/etc/hosts");
    assertThat(lines).contains("10.0.0.1 sealos.hub");
    assertThat(with(EndpointStrategies.containerd()).init().changed()).isFalse();
    assertThat(mocked.ssh.files(HOST).text("/etc/hosts")).isEqualTo(lines);

    with(EndpointStrategies.hostsFile()).init();
    assertThat(mocked.ssh.files(HOST).exists("/etc/containerd/certs.d")).isFalse();
    assertThat(mocked.ssh.files(HOST).text("/etc/hosts")).isEqualTo(lines);
  }

  @Test
  void aStrategyThatWantsMoreInTheHostsFileDoesNotTakeTurnsWithTheStepNames() {
    EndpointStrategy proxied =
        (node, replicas) ->
            EndpointStrategies.hostsFile().changes(node, replicas).stream()
                .map(BlockChange.class::cast)
                .map(block -> with(block, "127.0.0.1 sealos.hub"))
                .map(HostChange.class::cast)
                .toList();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    with(proxied).init();
    assertThat(mocked.ssh.files(HOST).text("/etc/hosts")).contains("127.0.0.1 sealos.hub");
    assertThat(with(proxied).init().changed()).isFalse();
  }

  @Test
  void aStrategyThatWantsOtherLinesInTheHostsFileDoesNotTakeTurnsWithTheStepNames() {
    EndpointStrategy virtual =
        (node, replicas) ->
            EndpointStrategies.hostsFile().changes(node, replicas).stream()
                .map(BlockChange.class::cast)
                .map(block -> of(block, List.of("10.96.0.9 sealos.hub")))
                .map(HostChange.class::cast)
                .toList();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    with(virtual).init();
    String lines = mocked.ssh.files(HOST).text("/etc/hosts");
    assertThat(lines).contains("10.96.0.9 sealos.hub").doesNotContain("10.0.0.1 sealos.hub");
    assertThat(with(virtual).plan().toTable()).startsWith("nothing to change");
    assertThat(with(virtual).init().changed()).isFalse();
    assertThat(mocked.ssh.files(HOST).text("/etc/hosts")).isEqualTo(lines);

    with(EndpointStrategies.hostsFile()).init();
    assertThat(mocked.ssh.files(HOST).text("/etc/hosts"))
        .contains("10.0.0.1 sealos.hub")
        .doesNotContain("10.96.0.9");
  }

  private static BlockChange with(BlockChange block, String first) {
    List<String> lines = new ArrayList<>(List.of(first));
    lines.addAll(block.lines());
    return of(block, lines);
  }

  private static BlockChange of(BlockChange block, List<String> lines) {
    return new BlockChange(block.path(), block.marker(), lines);
  }
}
