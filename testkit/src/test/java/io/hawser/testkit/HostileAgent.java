package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;

/** A client one of whose hosts answers a verb of the agent as it likes, over a real link. */
final class HostileAgent implements SshClient {
  private final SshClient client;
  private final String host;
  private final String verb;
  private final String text;

  /**
   * A client.
   *
   * @param text the script that the host runs instead of the agent's
   */
  HostileAgent(SshClient client, String host, String verb, String text) {
    this.client = client;
    this.host = host;
    this.verb = verb;
    this.text = text;
  }

  @Override
  public CommandResult run(Host target, Command command) {
    return client.run(target, replaced(target, command));
  }

  @Override
  public CommandResult run(Host target, Command command, OutputListener listener) {
    return client.run(target, replaced(target, command), listener);
  }

  private Command replaced(Host target, Command command) {
    boolean asked =
        target.address().equals(host)
            && command.script().isPresent()
            && !command.words().isEmpty()
            && command.words().get(0).equals(verb);
    if (!asked) {
      return command;
    }
    Command hostile =
        Command.script(Script.of("hawser-agent", text), command.words().toArray(String[]::new))
            .withEnv(command.env())
            .withTimeout(command.timeout())
            .withCapture(command.capture());
    Command fed = command.input().map(hostile::withInput).orElse(hostile);
    return command.isLasting() ? fed.lasting() : fed;
  }

  @Override
  public void close() {
    client.close();
  }
}
