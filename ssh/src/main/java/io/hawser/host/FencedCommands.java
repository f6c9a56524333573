package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.Script;
import io.hawser.ssh.ShellQuote;
import io.hawser.ssh.SshClient;
import java.util.List;

/**
 * Runs commands that change a host by themselves, such as the scripts of a rootfs, only while this
 * run still has the host's lock; whoever takes the host over ends them first.
 */
final class FencedCommands implements SshClient {
  /** The variable that carries the generation. */
  static final String GENERATION = "HAWSER_LOCK";

  private final SshClient ssh;
  private final String fence;
  private final String generation;

  FencedCommands(SshClient ssh, String fence, String generation) {
    this.ssh = ssh;
    this.fence = fence;
    this.generation = generation;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return ssh.run(host, fenced(command));
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    return ssh.run(host, fenced(command), listener);
  }

  /** The same in name and words, so that messages and mocks know it as before. */
  private Command fenced(Command command) {
    if (!command.asRoot()) {
      return command; // a login user cannot read the lock
    }
    List<String> words = command.words();
    Command fenced;
    if (command.script().isPresent()) {
      Script script = command.script().get();
      fenced = make(script.name(), script.text(), words);
    } else {
      String program = words.get(0);
      String text = "exec " + ShellQuote.quote(program) + " \"$@\"\n";
      fenced = make(ShellQuote.forPeople(program), text, words.subList(1, words.size()));
    }
    return like(command, fenced);
  }

  private Command make(String name, String text, List<String> words) {
    return Command.script(Script.of(name, fence + text), words.toArray(new String[0]));
  }

  private Command like(Command command, Command bare) {
    Command fenced =
        bare.withEnv(command.env())
            .withEnv(ImmutableMap.of(GENERATION, generation))
            .withTimeout(command.timeout())
            .withCapture(command.capture());
    if (command.directory().isPresent()) {
      fenced = fenced.withDirectory(command.directory().get());
    }
    if (command.input().isPresent()) {
      fenced = fenced.withInput(command.input().get());
    }
    return command.idleTimeout().map(fenced::withIdleTimeout).orElse(fenced);
  }

  /** The client is not ours. */
  @Override
  public void close() {}
}
