package io.hawser.examples;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.cluster.Host;
import io.hawser.report.Report;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import java.nio.file.Path;

/** What must work with the oldest libraries. */
public final class JobOnOldLibraries {
  private static final int BYTES = 3 << 20;

  private final Path directory;

  /** Called by reflection, in a class loader of its own. */
  public JobOnOldLibraries(Path directory) {
    this.directory = directory;
  }

  /** The main job on the mock, and what came of it. */
  public String mainJob() {
    MockedCluster mocked = new MockedCluster(directory);
    Bootstrap bootstrap = mocked.bootstrap();
    Report report =
        bootstrap
            .preflight()
            .then(mocked.filesystem().mountRootfs(MockedCluster.HOSTS))
            .then(bootstrap.init())
            .then(bootstrap.reset())
            .then(mocked.filesystem().unMountRootfs(MockedCluster.HOSTS));
    return report.succeeded() ? "main job done" : report.toTable();
  }

  /** Commands over real SSH, and what came of them. */
  public String remoteJob() {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(1);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      Host host = hosts.cluster("old", "master").hosts().get(0);
      String text = "head -c " + BYTES + " /dev/zero; exit 7";
      CommandResult counted = ssh.run(host, Command.of("sh", "-c", text));
      CommandResult killed = ssh.run(host, Command.of("sh", "-c", "kill -9 $$"));
      boolean right = counted.exitCode() == 7 && !killed.succeeded();
      return right ? "remote job done" : counted + ", " + killed;
    }
  }
}
