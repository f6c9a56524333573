package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.HostPaths;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.Probe;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabReplicas;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.RegistryAudit;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistrySettings;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage on one of three real replicas: named, repaired, and served by the same process. */
@RealHosts(3)
@InControllerNetwork
@Timeout(120)
class DamagedReplicaIT {
  private static final int BROKEN = 2;
  private static final String APP = "lab/app:v1";
  private static final String DB = "lab/db:v2";
  private static final String UNIT = "hawser-registry-lab";

  @Test
  @DisplayName("D4 D5 D6 D7 S12 what is damaged on one replica is repaired, and its pulls work")
  void oneOfThreeReplicasIsDamaged(Lab lab, @TempDir Path temp) throws IOException {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    try (LabReplicas replicas = new LabReplicas(lab, rootfs)) {
      replicas.fill();
      for (int host = 1; host <= lab.size(); host++) {
        replicas.serve(host);
      }
      pull(lab, APP).ok();
      pull(lab, DB).ok();

      List<String> damage = damage(lab, replicas);
      assertThat(pull(lab, APP).output()).contains("unexpected commit digest");
      assertThat(pull(lab, DB).output()).contains("unexpected EOF");
      assertThat(words(replicas.registries().audit(replicas.client(), replicas.cluster().hosts())))
          .containsExactlyInAnyOrderElementsOf(damage);

      String process = process(lab);
      Report report = replicas.registries().repair(replicas.client(), replicas.cluster().hosts());
      assertThat(report.results())
          .as(report::toTable)
          .extracting(HostResult::status)
          .containsExactly(Status.OK, Status.CHANGED, Status.OK);
      assertThat(report.results().get(BROKEN - 1).message())
          .isEqualTo("repaired: 3 damaged, " + (damage.size() - 4) + " missing, 1 split");
      assertThat(
              replicas.registries().audit(replicas.client(), replicas.cluster().hosts()).findings())
          .isEmpty();
      for (String image : LabRootfs.IMAGES) {
        pull(lab, image).ok();
      }
      assertThat(process(lab)).as("the registry's process").isEqualTo(process);
      pushedTags(lab, replicas);
    }
  }

  /** Does to one replica what the row says; gives what an audit has to find. */
  private static List<String> damage(Lab lab, LabReplicas replicas) {
    String host = lab.address(BROKEN);
    String flipped = LabReplicas.blob(replicas.blobs(APP).get(0));
    String truncated = LabReplicas.blob(replicas.blobs(DB).get(0));
    String link = "_layers/sha256/" + replicas.blobs(DB).get(1) + "/link";
    String emptied = LabReplicas.of("lab/db", link);
    String tag = LabReplicas.of("lab/db", "_manifests/tags/v2/current/link");
    String other = LabReplicas.of("lab/app", "_manifests/tags/v1/current/link");
    String removed = LabReplicas.of("lab/deep", "");
    List<String> findings = new ArrayList<>();
    replicas.registries().content().tree().files().stream()
        .filter(file -> file.path().startsWith(removed) && file.path().endsWith("/link"))
        .forEach(file -> findings.add(host + " MISSING " + file.path()));
    findings.addAll(
        List.of(
            host + " DAMAGED " + flipped,
            host + " TRUNCATED " + truncated,
            host + " EMPTY " + emptied,
            host + " SPLIT " + tag));
    lab.on(
            BROKEN,
            "set -e; cd "
                + HostPaths.of(replicas.cluster()).registry()
                + "; b=$(od -An -tu1 -j1000 -N1 "
                + flipped
                + "); printf \"\\\\$(printf %o $((b ^ 1)))\" | dd of="
                + flipped
                + " bs=1 seek=1000 conv=notrunc status=none; truncate -s 5000 "
                + truncated
                + "; : >"
                + emptied
                + "; cp "
                + other
                + " "
                + tag
                + "; rm -r "
                + removed)
        .ok();
    return findings;
  }

  private static List<String> words(RegistryAudit audit) {
    return audit.findings().stream()
        .map(finding -> finding.host() + " " + finding.kind() + " " + finding.path())
        .toList();
  }

  /** By containerd, anew, on the host of the broken replica, which asks its own first. */
  private static Ran pull(Lab lab, String image) {
    String name = "sealos.hub:5000/" + image;
    return lab.on(
        BROKEN,
        "ctr images rm --sync $(ctr images ls -q) >/dev/null 2>&1; "
            + "timeout 60 ctr images pull --hosts-dir /etc/containerd/certs.d "
            + name
            + " 2>&1");
  }

  private static String process(Lab lab) {
    return lab.on(BROKEN, "systemctl show -p MainPID " + UNIT).ok().output();
  }

  /** A tag that is not of the images, on two replicas that disagree about it. */
  private static void pushedTags(Lab lab, LabReplicas replicas) {
    String tags = HostPaths.of(replicas.cluster()).registry() + "/";
    String app = tags + LabReplicas.of("lab/app", "_manifests/tags/");
    String db = tags + LabReplicas.of("lab/db", "_manifests/tags/");
    lab.on(1, "cp -r " + app + "v1 " + app + "mine").ok();
    lab.on(3, "cp -r " + db + "v2 " + app + "mine").ok();
    Report report = replicas.registries().verify(replicas.client(), replicas.cluster().hosts());
    assertThat(report.failures())
        .as(report::toTable)
        .hasSize(2)
        .allMatch(row -> row.step().equals("tags"))
        .allSatisfy(
            row ->
                assertThat(row.details().get(0))
                    .contains("lab/app:mine", " on " + lab.address(1), " on " + lab.address(3)));
  }

  @Test
  @DisplayName("S12 a registry that remembers what was damaged is restarted by the repair")
  void aRegistryWithACacheIsRestarted(Lab lab, @TempDir Path temp) throws IOException {
    Path rootfs = LabRootfs.make(lab, temp);
    Path config = rootfs.resolve("etc/registry_config.yml.tmpl");
    String cache = "storage:\n  cache:\n    blobdescriptor: inmemory\n";
    Files.writeString(config, Files.readString(config).replace("storage:\n", cache));
    Map<String, String> env =
        Map.of(
            "registryPort", "5001",
            "registryData", "/var/lib/cached",
            "registryConfig", "/etc/cached",
            "registryDomain", "sealos.hub");
    try (LabReplicas replicas =
        new LabReplicas(lab, rootfs, "cached", env, it -> it.mode(RegistryMode.SEALOS))) {
      Filesystems.of(replicas.cluster(), replicas.client()).mountRootfs(List.of(lab.address(3)));
      var third = List.of(replicas.cluster().hosts().get(2));
      assertThat(replicas.registries().distribute(replicas.client(), third).succeeded()).isTrue();
      String digest = replicas.blobs(APP).get(0);
      String file =
          HostPaths.of(replicas.cluster()).rootfs() + "/registry/" + LabReplicas.blob(digest);
      lab.on(3, "truncate -s 5000 " + file).ok();
      replicas.serve(3);
      assertThat(isServed(replicas, digest)).isFalse();
      Report report = replicas.registries().repair(replicas.client(), third);
      assertThat(report.results())
          .extracting(HostResult::message)
          .containsExactly("repaired: 1 damaged; registry was restarted");
      assertThat(isServed(replicas, digest)).isTrue();
    }
  }

  private static boolean isServed(LabReplicas replicas, String digest) {
    var access = replicas.access(3);
    RegistrySettings settings = replicas.registries().settings(access.host());
    String url = "http://" + access.host().address() + ":" + settings.port();
    return access
        .probe(
            new Probe(
                url + "/v2/lab/app/blobs/sha256:" + digest,
                settings.username(),
                settings.password(),
                null,
                digest))
        .passed();
  }
}
