package io.hawser.lab;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.SshClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A command on a thread of its own, which can be interrupted once it has printed a line. */
final class RunningCommand {
  private final CountDownLatch heard = new CountDownLatch(1);
  private final FutureTask<CommandResult> task;
  private final Thread thread;

  /** Starts it and waits for its first line. */
  RunningCommand(SshClient client, Host host, Command command) throws InterruptedException {
    task = new FutureTask<>(() -> client.run(host, command, (line, error) -> heard.countDown()));
    thread = new Thread(task);
    thread.start();
    if (!heard.await(20, TimeUnit.SECONDS)) {
      thread.interrupt();
      throw new AssertionError(command + " printed nothing");
    }
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Its result; what it threw is the cause of what this throws. */
  CommandResult result() throws Exception {
    return task.get(20, TimeUnit.SECONDS);
  }
}
