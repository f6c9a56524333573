package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A JVM with 64 MiB that runs commands with much output, and prints what arrived. */
final class SmallHeapJvm {
  private SmallHeapJvm() {}

  /** Starts one. */
  static Process start(int port, Path key, Path knownHosts) throws Exception {
    List<String> arguments = List.of(String.valueOf(port), key.toString(), knownHosts.toString());
    return ControllerJvm.start(SmallHeapJvm.class, List.of("-Xmx64m"), arguments);
  }

  /**
   * Runs the commands.
   *
   * @param args port, key, known_hosts file
   */
  public static void main(String[] args) {
    SshAccess access =
        SshAccess.builder()
            .user(System.getProperty("user.name"))
            .port(Integer.parseInt(args[0]))
            .keyFile(args[1])
            .build();
    Host host = Host.at("127.0.0.1").ssh(access).build();
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(Path.of(args[2]));
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      run(
          client,
          host,
          "i=0; while [ $i -lt 100 ]; do head -c 1000000 /dev/zero | tr '\\0' x; echo;"
              + " head -c 1000000 /dev/zero | tr '\\0' y >&2; echo >&2; i=$((i+1)); done");
      run(client, host, "head -c 100000000 /dev/zero | tr '\\0' z");
    }
  }

  private static void run(SshClient client, Host host, String text) {
    AtomicLong out = new AtomicLong();
    AtomicLong err = new AtomicLong();
    Command command = SshSteps.script(text);
    CommandResult result =
        client.run(
            host, command, (line, isError) -> (isError ? err : out).addAndGet(line.length()));
    System.out.println(
        result.exitCode()
            + " "
            + out
            + " "
            + err
            + " "
            + (result.stdoutBytes().length <= Command.DEFAULT_CAPTURE + 100));
  }
}
