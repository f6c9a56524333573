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
import java.util.concurrent.Callable;

/** What must work with the oldest libraries: the main job on the mock, and one on real SSH. */
public final class JobOnOldLibraries implements Callable<String> {
  private static final int BYTES = 3 << 20;

  private final Path directory;

  /** Called by reflection, in a class loader of its own. */
  public JobOnOldLibraries(Path directory) {
    this.directory = directory;
  }

  /** Does everything, and says what went wrong, or that all went well. */
  @Override
  public String call() {
    return mainJob() + ", " + remoteJob();
  }

  private String mainJob() {
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

  private static String remoteJob() {
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
