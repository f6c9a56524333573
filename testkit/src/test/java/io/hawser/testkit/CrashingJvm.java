package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.Input;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A controller in a JVM of its own that ends at one of its calls as one that is killed: no handler
 * and no hook of it runs, and the kernel closes its sockets.
 */
final class CrashingJvm {
  /** When in the call it ends. */
  enum When {
    /** Before the host has heard of it. */
    BEFORE,
    /** When the host has got half of its input; when there is none, just after it was started. */
    DURING,
    /** When the host is done with it. */
    AFTER
  }

  private static final int KILLED = 137;

  private CrashingJvm() {}

  /**
   * Runs one to its end.
   *
   * @param work apply or undo
   * @param victim the call at which it ends, counted from 1; 0 for none
   * @return the words of the calls that it made
   */
  static List<String> run(Path hostKeys, Host host, Path tree, String work, int victim, When when)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(hostKeys.toString()));
    arguments.addAll(ControllerJvm.words(host));
    arguments.addAll(List.of(tree.toString(), work, String.valueOf(victim), when.name()));
    Process process =
        ControllerJvm.start(CrashingJvm.class, List.of("-XX:TieredStopAtLevel=1"), arguments);
    process.getOutputStream().close();
    List<String> calls;
    try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      calls = new ArrayList<>(lines.toList());
    }
    int status = process.waitFor();
    if (status != (victim == 0 ? 0 : KILLED)) {
      throw new IllegalStateException("the controller ended with " + status + " after " + calls);
    }
    return calls;
  }

  /** Does the work; see {@link #run}. */
  public static void main(String[] args) throws Exception {
    Host host = ControllerJvm.host(args, 1);
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(Path.of(args[0]));
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      SshClient dying = new DyingClient(client, Integer.parseInt(args[8]), When.valueOf(args[9]));
      CrashScenario scenario = new CrashScenario(dying, host, Path.of(args[6]));
      if (args[7].equals("apply")) {
        scenario.apply();
      } else {
        scenario.undo();
      }
    }
  }

  private static final class DyingClient implements SshClient {
    private final SshClient client;
    private final AtomicInteger calls = new AtomicInteger();
    private final int victim;
    private final When when;

    DyingClient(SshClient client, int victim, When when) {
      this.client = client;
      this.victim = victim;
      this.when = when;
    }

    @Override
    public CommandResult run(Host host, Command command) {
      return run(host, command, (line, isError) -> {});
    }

    @Override
    public CommandResult run(Host host, Command command, OutputListener listener) {
      if (command.isLasting()) {
        return client.run(host, command, listener);
      }
      int call = calls.incrementAndGet();
      System.out.println(command.words().isEmpty() ? "script" : command.words().get(0));
      if (call == victim && when == When.BEFORE) {
        die();
      }
      Command run = call == victim && when == When.DURING ? fatal(command) : command;
      CommandResult result = client.run(host, run, listener);
      if (call == victim) {
        die();
      }
      return result;
    }

    private static Command fatal(Command command) {
      Input input = command.input().orElse(out -> {});
      return command.withInput(
          out -> {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            input.writeTo(whole);
            out.write(whole.toByteArray(), 0, whole.size() / 2);
            out.flush();
            pause();
            die();
          });
    }

    // The host gets some time to work with what it has.
    private static void pause() throws IOException {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private static void die() {
      System.out.flush();
      Runtime.getRuntime().halt(KILLED);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
