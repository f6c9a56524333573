package io.hawser.examples.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.registry.Distribution;
import io.hawser.registry.RegistryContent;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.DistributorConformance;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** An example of a distributor that brings bytes its own way. */
class ObjectStoreDistributorTest {
  private static final String PLACE = "/var/lib/registry";

  private final LocalStore store = new LocalStore();
  @TempDir private Path source;

  @AfterEach
  void stop() {
    store.close();
  }

  @TestFactory
  Stream<DynamicTest> itKeepsTheContract() {
    return DistributorConformance.of(() -> new ObjectStoreDistributor(store.client()))
        .checks()
        .stream()
        .map(check -> DynamicTest.dynamicTest(check.name(), check::run));
  }

  @BeforeEach
  void write() {
    SampleImages.of(1).withLayerBytes(1 << 20).writeStorage(source);
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> all = Files.walk(source)) {
      return all.filter(path -> path.endsWith("data")).toList();
    }
  }

  /** What filling three hosts took. */
  private record Run(Report report, long overSsh, List<List<String>> holdings) {}

  private Run fill(int rounds) throws IOException {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(3);
        SshClient real =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      CountingClient ssh = new CountingClient(real);
      Cluster cluster = hosts.cluster("c1", "master,registry", "registry", "registry");
      RegistryContent content = RegistryContent.read(List.of(source));
      Report report = Report.empty();
      for (int i = 0; i < rounds; i++) {
        Distribution job =
            Distribution.builder(content, PLACE, host -> HostAccess.to(ssh, cluster, host))
                .targets(cluster.hosts())
                .build();
        report = new ObjectStoreDistributor(store.client()).distribute(job);
      }
      List<List<String>> holdings = new ArrayList<>();
      for (Host host : cluster.hosts()) {
        holdings.add(lines(Path.of(host.root())));
      }
      return new Run(report, ssh.bytes(), holdings);
    }
  }

  private static List<String> lines(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      List<String> lines = new ArrayList<>();
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        lines.add(root.relativize(path) + " " + Files.size(path));
      }
      return lines;
    }
  }

  private void assertFilled(Run run, Status status) throws IOException {
    assertThat(run.report().results())
        .extracting(HostResult::status)
        .as("%s", run.report())
        .containsExactly(status, status, status);
    List<String> wanted =
        lines(source).stream().map(line -> PLACE.substring(1) + "/" + line).toList();
    assertThat(run.holdings()).allSatisfy(held -> assertThat(held).containsAll(wanted));
    assertThat(run.holdings())
        .allSatisfy(held -> assertThat(held).noneMatch(line -> line.contains("hawser-seed")));
  }

  private long bytesOfBlobs() throws IOException {
    long sum = 0;
    for (Path blob : blobs()) {
      sum += Files.size(blob);
    }
    return sum;
  }

  @Test
  void bytesComeFromTheStoreAndLeaveTheControllerOnce() throws IOException {
    Run run = fill(1);
    assertFilled(run, Status.CHANGED);
    assertThat(store.requests("PUT")).isEqualTo(blobs().size());
    assertThat(store.requests("GET")).isEqualTo(3 * blobs().size());
    assertThat(store.bytesGiven()).isEqualTo(3 * bytesOfBlobs());
    assertThat(run.overSsh()).isLessThan(bytesOfBlobs() / 4);
    assertThat(run.report().results())
        .allSatisfy(
            row ->
                assertThat(row.message())
                    .contains(blobs().size() + " files taken from /var/tmp/hawser-seed-c1"));
  }

  @Test
  void aSecondRunAsksTheStoreForNothing() throws IOException {
    assertFilled(fill(2), Status.OK);
    assertThat(store.requests("HEAD")).isEqualTo(blobs().size());
    assertThat(store.requests("GET")).isEqualTo(3 * blobs().size());
  }

  @Test
  @DisplayName("D5 a store that gives wrong bytes costs time and damages nothing")
  void aStoreThatGivesWrongBytesDamagesNothing() throws IOException {
    store.lie(
        bytes -> {
          byte[] wrong = bytes.clone();
          wrong[wrong.length / 2] ^= 1;
          return wrong;
        });
    Run run = fill(1);
    assertFilled(run, Status.CHANGED);
    assertThat(run.overSsh()).isGreaterThan(3 * bytesOfBlobs());
  }

  @Test
  void aStoreThatIsDownIsDoneWithout() throws IOException {
    store.close();
    Run run = fill(1);
    assertFilled(run, Status.CHANGED);
    assertThat(run.overSsh()).isGreaterThan(3 * bytesOfBlobs());
  }
}
