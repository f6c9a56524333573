package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import java.util.ArrayList;
import java.util.List;

/** The commands that ran, in the order they ended. Thread-safe. */
final class Transcript {
  private final List<RecordedCommand> commands = new ArrayList<>();

  synchronized void add(Host host, Command command, CommandResult result) {
    commands.add(
        new RecordedCommand(
            result.host(),
            host.ssh().port(),
            result.command(),
            command.directory().orElse(""),
            ImmutableList.copyOf(command.env().keySet()),
            command.asRoot(),
            result.exit(),
            result.took()));
  }

  synchronized List<RecordedCommand> all() {
    return ImmutableList.copyOf(commands);
  }

  List<RecordedCommand> of(Endpoint name) {
    return all().stream()
        .filter(command -> name.covers(new Endpoint(command.host(), command.port())))
        .toList();
  }
}
