package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that refuse, are silent or are not trusted, as the installer's user sees them. */
@RealHosts(5)
class BadHostsIT {
  @Test
  void eachBadHostIsItsOwnRowAndKeysAreLearnedOnlyWhenAskedAndNeverReplaced(
      Lab lab, @TempDir Path directory) throws IOException {
    Path known = directory.resolve("known_hosts");
    List<String> keys = Files.readAllLines(lab.knownHosts());
    Files.write(known, keys.stream().filter(key -> !key.startsWith(lab.address(4))).toList());
    Installer installer =
        new Installer(lab, directory.resolve("home"), clusterfile(lab, directory), "safe")
            .knownHosts(known);
    lab.on(2, "kill $(cat /run/sshd.pid)").ok();
    lab.verb("cut", "3").ok();

    Ran strict = installer.run("preflight", "--verbose");
    assertThat(strict.status()).isEqualTo(1);
    assertThat(row(strict, lab.address(1))).contains(" ok ");
    assertThat(row(strict, lab.address(2))).contains(" failed ").containsIgnoringCase("refused");
    assertThat(row(strict, lab.address(3))).contains(" failed ");
    assertThat(row(strict, lab.address(4))).contains(" failed ", "SHA256:");
    assertThat(row(strict, lab.address(5))).contains(" failed ").containsIgnoringCase("password");
    assertThat(strict.output() + installer.report("preflight")).doesNotContain("not-the-password");

    Ran learning = installer.run("preflight", "--verbose", "--accept-new-host-keys");
    assertThat(row(learning, lab.address(4))).contains(" ok ");
    assertThat(Files.readAllLines(known)).anyMatch(key -> key.startsWith(lab.address(4)));

    lab.on(
            4,
            "cd /etc/ssh && for type in rsa ecdsa ed25519; do rm -f ssh_host_${type}_key*;"
                + " ssh-keygen -q -t $type -N '' -f ssh_host_${type}_key; done"
                + " && kill -HUP $(cat /run/sshd.pid)")
        .ok();
    List<String> learned = Files.readAllLines(known);
    Ran changed = installer.run("preflight", "--verbose", "--accept-new-host-keys");
    assertThat(row(changed, lab.address(4))).contains(" failed ", "SHA256:");
    assertThat(Files.readAllLines(known)).isEqualTo(learned);
  }

  private static String row(Ran ran, String host) {
    return ran.lines().stream()
        .filter(line -> line.startsWith(host + "  reach"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(ran.output()));
  }

  private static Path clusterfile(Lab lab, Path directory) throws IOException {
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: bad-hosts
        spec:
          ssh:
            pk: %s
          hosts:
          - ips: [%s]
            roles: [master]
          - ips: [%s, %s, %s]
            roles: [node]
          - ips: [%s]
            roles: [node]
            ssh:
              user: ops
              pk: ""
              passwd: not-the-password
        """
            .formatted(
                lab.key(),
                lab.address(1),
                lab.address(2),
                lab.address(3),
                lab.address(4),
                lab.address(5));
    return Files.writeString(directory.resolve("Clusterfile"), text);
  }
}
