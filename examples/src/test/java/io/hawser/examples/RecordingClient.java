package io.hawser.examples;

import com.google.common.io.CountingOutputStream;
import io.hawser.cluster.Host;
import io.hawser.host.PlannedCommand;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Keeps the commands that hosts execute beside those of Hawser's agent, word for word. */
final class RecordingClient implements SshClient {
  private static final String LOCK = "HAWSER_LOCK";

  /** The last line of what asks for the lock before a script that changes a host. */
  private static final String FENCE_END = ") || exit 1\nunset HAWSER_LOCK\n";

  /** What takes parts of trees on a host. */
  private static final List<String> TREES = List.of("receive", "more", "append");

  private final SshClient client;
  private final Map<String, List<PlannedCommand>> commands = new HashMap<>();
  private final Map<String, Long> treeBytes = new HashMap<>();

  RecordingClient(SshClient client) {
    this.client = client;
  }

  /** How many bytes of trees went to a host, with names and modes. */
  synchronized long treeBytes(String host) {
    return treeBytes.getOrDefault(host, 0L);
  }

  /** What a host executed, in order, as a plan would have it. */
  synchronized List<PlannedCommand> commands(String host) {
    return List.copyOf(commands.getOrDefault(host, List.of()));
  }

  private static boolean isAgent(Command command) {
    return command.script().map(Script::name).filter("hawser-agent"::equals).isPresent();
  }

  /** The same command, whose input is counted if it is part of a tree. */
  private Command counted(Host host, Command command) {
    return isAgent(command) && TREES.contains(command.words().get(0)) && command.input().isPresent()
        ? command.withInput(
            stream -> {
              CountingOutputStream counting = new CountingOutputStream(stream);
              command.input().get().writeTo(counting);
              counting.flush();
              add(host.address(), counting.getCount());
            })
        : command;
  }

  private synchronized void add(String host, long bytes) {
    treeBytes.merge(host, bytes, Long::sum);
  }

  private synchronized void keep(Host host, Command command) {
    if (isAgent(command)) {
      return;
    }
    String script = command.script().map(Script::text).orElse("");
    TreeSet<String> names = new TreeSet<>(command.env().keySet());
    names.remove(LOCK);
    commands
        .computeIfAbsent(host.address(), any -> new ArrayList<>())
        .add(
            new PlannedCommand(
                command.toString(),
                script.substring(startOf(script)),
                command.directory().orElse(""),
                List.copyOf(names),
                command.asRoot()));
  }

  private static int startOf(String script) {
    int end = script.lastIndexOf(FENCE_END);
    return end < 0 ? 0 : end + FENCE_END.length();
  }

  @Override
  public CommandResult run(Host host, Command command) {
    keep(host, command);
    return client.run(host, counted(host, command));
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    keep(host, command);
    return client.run(host, counted(host, command), listener);
  }

  /** The client is not ours. */
  @Override
  public void close() {}
}
