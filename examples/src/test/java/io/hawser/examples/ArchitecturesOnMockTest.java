package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MockSsh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of two architectures, which are only known when the hosts are reached. */
class ArchitecturesOnMockTest {
  private static final List<String> HOSTS = List.of("10.0.0.1", "10.0.0.2");
  private static final String PROGRAM = "/var/lib/sealos/data/mixed/rootfs/bin/program";

  @TempDir private Path directory;
  private final MockSsh ssh = MockSsh.create();
  private Path amd;
  private Path arm;

  @BeforeEach
  void makeTrees() throws IOException {
    ssh.facts("10.0.0.2", Map.of("arch", "aarch64"));
    amd = tree("amd64", 62);
    arm = tree("arm64", 183);
  }

  private Path tree(String name, int machine) throws IOException {
    byte[] head = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, head, 0, 7);
    head[18] = (byte) machine;
    Path tree = directory.resolve(name);
    Files.write(Files.createDirectories(tree.resolve("bin")).resolve("program"), head);
    return tree;
  }

  private static ImageMount image(Path tree, Map<String, Path> trees) {
    return new ImageMount(
        "rootfs", ImageType.ROOTFS, "r:v1", tree, Map.of(), Map.of(), List.of(), List.of(), trees);
  }

  private static Cluster cluster(ImageMount mount, String secondsArch) {
    return Cluster.named("mixed")
        .hosts(
            Host.at("10.0.0.1").roles(Role.MASTER).build(),
            Host.at("10.0.0.2").roles(Role.NODE).arch(secondsArch).build())
        .mount(mount)
        .build();
  }

  private byte[] machine(String host) {
    byte[] content = ssh.files(host).bytes(PROGRAM);
    return new byte[] {content[18]};
  }

  @Test
  void everyHostGetsTheTreeOfItsArchitecture() {
    Cluster cluster = cluster(image(amd, Map.of("amd64", amd, "arm64", arm)), null);
    Report report = Filesystems.of(cluster, ssh).mountRootfs(HOSTS);
    assertThat(report.succeeded()).isTrue();
    assertThat(machine("10.0.0.1")).containsExactly(62);
    assertThat(machine("10.0.0.2")).containsExactly(183);
    Plan plan = Bootstraps.builder(cluster, ssh).secrets(new KnownSecrets()).build().plan();
    assertThat(plan.items())
        .filteredOn(item -> item.step().equals("mount"))
        .allMatch(item -> item.problem() == null);
  }

  @Test
  void aTreeThatDoesNotFitIsTheRowOfThatHostAndNothingIsSent() {
    Cluster cluster = cluster(image(amd, Map.of()), null);
    FilesystemException failure =
        catchThrowableOfType(
            FilesystemException.class, () -> Filesystems.of(cluster, ssh).mountRootfs(HOSTS));
    assertThat(failure.report().failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo("10.0.0.2");
              assertThat(row.message())
                  .contains("the host is arm64", "image rootfs", "bin/program in " + amd)
                  .contains("is for amd64", "one tree per architecture");
            });
    assertThat(machine("10.0.0.1")).containsExactly(62);
    assertThat(ssh.files("10.0.0.2").exists(PROGRAM)).isFalse();
    List<HostResult> rows =
        Bootstraps.builder(cluster, ssh).secrets(new KnownSecrets()).build().preflight().failures();
    assertThat(rows)
        .anyMatch(row -> row.host().equals("10.0.0.2") && row.message().contains("is for amd64"));
  }

  @Test
  void anArchitectureWithoutATreeAndAWordThatIsWrongAreRowsToo() {
    Cluster lacking = cluster(image(amd, Map.of("amd64", amd)), null);
    assertThat(failed(lacking)).contains("it has trees for [amd64] only");
    Cluster wrong = cluster(image(amd, Map.of("amd64", amd, "arm64", arm)), "amd64");
    assertThat(failed(wrong)).contains("the Clusterfile says amd64, but the host is arm64");
  }

  private String failed(Cluster cluster) {
    FilesystemException failure =
        catchThrowableOfType(
            FilesystemException.class, () -> Filesystems.of(cluster, ssh).mountRootfs(HOSTS));
    assertThat(failure.report().failures()).hasSize(1);
    HostResult row = failure.report().failures().get(0);
    assertThat(row.host()).isEqualTo("10.0.0.2");
    assertThat(row.status()).isEqualTo(Status.FAILED);
    return row.message();
  }

  @Test
  void hostsAreAskedOnlyWhereItMatters() throws IOException {
    Path scripts = Files.createDirectories(directory.resolve("scripts-only/scripts"));
    Files.writeString(scripts.resolve("init.sh"), "#!/bin/sh\n");
    Cluster cluster = cluster(image(scripts.getParent(), Map.of()), null);
    assertThat(Filesystems.of(cluster, ssh).mountRootfs(HOSTS).succeeded()).isTrue();
    assertThat(ssh.transcript("10.0.0.2")).noneMatch(call -> call.toString().contains(" facts"));
  }
}
