package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job where nobody logs in as root: on one host a user whose password is sudo's too, on
 * the other one with a key and sudo without a password.
 */
@RealHosts(2)
class SudoMainJobIT {
  private final Lab lab;

  SudoMainJobIT(Lab lab) {
    this.lab = lab;
  }

  @Test
  @DisplayName("C8 C10 the main job is done and taken back whole by users of sudo")
  void theMainJobIsDoneAndTakenBackWhole(@TempDir Path directory) throws IOException {
    Path rootfs = LabRootfs.make(lab, directory);
    prepareUsers();
    Installer installer =
        new Installer(lab, directory.resolve("home"), clusterfile(directory, rootfs), "safe");
    List<List<String>> before = HostTrees.of(lab);

    installer.run("preflight").ok();
    assertThat(HostTrees.of(lab)).isEqualTo(before);
    Ran apply = installer.run("apply").ok();
    assertThat(apply.output()).contains("steps changed hosts");
    assertThat(apply.output() + installer.report("apply")).doesNotContain(lab.password());
    assertThat(installer.run("apply").ok().output()).contains("nothing had to change");
    for (int host = 1; host <= lab.size(); host++) {
      lab.on(
              host,
              "timeout 100 ctr images pull --hosts-dir /etc/containerd/certs.d sealos.hub:5000/"
                  + LabRootfs.IMAGES.get(0))
          .ok();
    }
    installer.run("reset").ok();
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
  }

  /** sudo keeps for good that it has lectured a user: that must not look like ours. */
  private void prepareUsers() throws IOException {
    lab.on(1, "printf '%s\\n' '" + lab.password() + "' | su ops -c 'sudo -k -S true'").ok();
    lab.on(
            2,
            "install -d -m 700 -o opsnp /home/opsnp/.ssh && install -m 600 -o opsnp"
                + " /root/.ssh/authorized_keys /home/opsnp/.ssh/authorized_keys")
        .ok();
    for (int host = 1; host <= lab.size(); host++) {
      lab.on(host, "sed -i 's/^PermitRootLogin.*/PermitRootLogin no/' /etc/ssh/sshd_config.d/*")
          .ok();
      lab.on(host, "kill -HUP $(cat /run/sshd.pid)").ok();
    }
  }

  private Path clusterfile(Path directory, Path rootfs) throws IOException {
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: lab
        spec:
          image:
          - lab/rootfs:v1
          ssh:
            user: opsnp
            pk: %s
          hosts:
          - ips: [%s]
            roles: [master, registry, amd64]
            ssh:
              user: ops
              pk: ""
              passwd: "%s"
          - ips: [%s]
            roles: [node, registry]
            env:
            - odd=it's "$HOME" `id` \\
        status:
          mounts:
          - name: lab-rootfs
            type: rootfs
            imageName: lab/rootfs:v1
            mountPoint: %s
            env:
              odd: plain
              criData: /var/lib/containerd
              registryData: /var/lib/registry
              registryConfig: /etc/registry
              registryDomain: sealos.hub
              registryPort: "5000"
            labels:
                check: check.sh $registryData
                clean: clean.sh
                clean-cri: clean-cri.sh $registryDomain $registryPort
                clean-registry: clean-registry.sh $registryData $registryConfig
                init: init.sh
                init-cri: init-cri.sh $registryDomain $registryPort
                init-registry: init-registry.sh $registryData $registryConfig
                sealos.io.type: rootfs
        """
            .formatted(lab.key(), lab.address(1), lab.password(), lab.address(2), rootfs);
    return Files.writeString(directory.resolve("Clusterfile"), text);
  }
}
