package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostChange.Outcome;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MockSsh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of a replica, its service and a node's endpoints included, on hosts in memory. */
class MockedHostsTest {
  @TempDir Path directory;
  private final MockSsh ssh = MockSsh.create();
  private Cluster cluster;
  private Registries registries;
  private TestImage image;

  @BeforeEach
  void twoReplicas() {
    image = new TestImage(directory);
    image.push("shop/web", "1.0", "layer");
    image.put("cri/registry", "#!");
    cluster =
        Cluster.named("c")
            .hosts(
                Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("10.0.0.2").roles(Role.REGISTRY).build())
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    registries = Registries.builder(cluster).secrets(ClusterSecretStores.inMemory()).build();
  }

  private List<HostChange> all(HostAccess access) {
    List<HostChange> changes =
        new ArrayList<>(registries.installChanges(access.host(), access.facts()));
    changes.addAll(
        registries.endpointChanges(access.host(), access.facts(), registries.replicas()));
    return changes;
  }

  @Test
  void replicaIsFilledInstalledAndLeftAloneByASecondRun() {
    HostAccess access = HostAccess.to(ssh, cluster, cluster.hosts().get(0));
    assertThat(registries.distribute(ssh, registries.replicas()).failures()).isEmpty();
    assertThat(registries.audit(access).status()).isEqualTo(Status.OK);
    assertThat(access.apply("registry", all(access)))
        .extracting(ChangeResult::outcome)
        .containsOnly(Outcome.SAME, Outcome.CHANGED);
    assertThat(access.compare(all(access)))
        .extracting(ChangeResult::outcome)
        .containsOnly(Outcome.SAME);
    assertThat(access.journal()).anyMatch(e -> e.target().equals("hawser-registry-c.service"));
    access.undo(entry -> true);
    assertThat(registries.audit(access).status()).isEqualTo(Status.FAILED);
    assertThat(access.journal()).isEmpty();
  }

  @Test
  @DisplayName("S7 replicas with TLS are ready for who trusts their authority, and for nobody else")
  void s7ReplicasWithTlsAreReadyForWhoTrustsThem() {
    ClusterSecrets store = ClusterSecretStores.inMemory();
    registries = withTls(store);
    HostAccess access = HostAccess.to(ssh, cluster, cluster.hosts().get(0));
    registries.distribute(ssh, registries.replicas());
    for (Host host : registries.replicas()) {
      HostAccess each = HostAccess.to(ssh, cluster, host);
      assertThat(each.apply("registry", all(each)))
          .extracting(ChangeResult::outcome)
          .containsOnly(Outcome.SAME, Outcome.CHANGED);
    }
    assertThat(registries.ready(access).status()).isEqualTo(Status.OK);
    Report verified = registries.verify(ssh, cluster.hosts());
    assertThat(verified.failures()).isEmpty();
    assertThat(PullMatrix.of(verified).isComplete()).isTrue();
    assertThat(PullMatrix.of(verified).cells())
        .hasSize(registries.replicas().size() * cluster.hosts().size());
    assertThat(withTls(ClusterSecretStores.inMemory()).verify(ssh, cluster.hosts()).failures())
        .as("another authority")
        .isNotEmpty()
        .allMatch(row -> row.message().contains("is not trusted"));
    assertThat(access.compare(all(access)))
        .extracting(ChangeResult::outcome)
        .containsOnly(Outcome.SAME);
  }

  private Registries withTls(ClusterSecrets store) {
    return Registries.builder(cluster)
        .secrets(store)
        .transport(RegistryTransport.TLS)
        .readyWithin(Duration.ZERO)
        .build();
  }

  @Test
  void damageOnAReplicaIsNamedAndRepaired() {
    List<Host> both = registries.replicas();
    registries.distribute(ssh, both);
    String data = "/var/lib/sealos/data/c/registry/";
    String tag = data + StorageEntry.tagPath("shop/web", "1.0");
    String whole = ssh.files("10.0.0.2").text(tag);
    ssh.files("10.0.0.2").write(tag, "");
    ssh.files("10.0.0.2").remove(data + StorageEntry.blobPath(image.blob("layer")));
    assertThat(registries.audit(ssh, both).findings())
        .extracting(AuditFinding::host, AuditFinding::kind)
        .containsExactlyInAnyOrder(
            tuple("10.0.0.2", AuditFinding.Kind.EMPTY),
            tuple("10.0.0.2", AuditFinding.Kind.MISSING));
    assertThat(registries.repair(ssh, both).results())
        .extracting(HostResult::message)
        .containsExactly(
            "nothing to repair: all 8 files are right", "repaired: 1 damaged, 1 missing");
    assertThat(ssh.files("10.0.0.2").text(tag)).isEqualTo(whole);
    assertThat(registries.audit(ssh, both).isClean()).isTrue();
  }

  @Test
  void aReplicaThatCannotBeReachedIsNeitherCleanNorRepaired() {
    registries.distribute(ssh, registries.replicas());
    ssh.unreachable("10.0.0.2");
    RegistryAudit audit = registries.audit(ssh, registries.replicas());
    assertThat(audit.isClean()).isFalse();
    assertThat(audit.findings()).isEmpty();
    assertThat(registries.repair(ssh, registries.replicas()).results())
        .extracting(HostResult::status)
        .containsExactly(Status.OK, Status.FAILED);
  }

  @Test
  void unreachableReplicaIsReportedAndTheOtherIsFilled() {
    ssh.unreachable("10.0.0.2");
    Report report = registries.distribute(ssh, registries.replicas());
    assertThat(report.results())
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.FAILED);
  }
}
