package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A JVM of its own that logs in to many hosts at once and learns their keys. */
final class LearningJvm {
  private LearningJvm() {}

  /** Starts one; it exits with 0 when it has logged in everywhere. */
  static Process start(Path knownHosts, Path key, Path hosts) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LearningJvm.class.getName(),
            knownHosts.toString(),
            key.toString(),
            hosts.toString())
        .inheritIO()
        .start();
  }

  /**
   * Logs in to all.
   *
   * @param args known_hosts file, key, file with a user, an address and a port per line
   */
  public static void main(String[] args) throws Exception {
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(Path.of(args[0]));
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      List<Future<?>> logins = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(args[2]))) {
        String[] words = line.split(" ");
        int port = Integer.parseInt(words[2]);
        SshAccess access = SshAccess.builder().user(words[0]).port(port).keyFile(args[1]).build();
        Host host = Host.at(words[1]).ssh(access).build();
        logins.add(pool.submit(() -> client.run(host, SshSteps.command("true")).orThrow()));
      }
      for (Future<?> login : logins) {
        login.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
