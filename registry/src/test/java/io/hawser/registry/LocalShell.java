package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs commands in a shell of this machine; hosts differ by their roots. */
final class LocalShell implements SshClient {
  private final Path scratch;

  LocalShell(Path scratch) {
    this.scratch = scratch;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    try {
      return runHere(host, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    CommandResult result = run(host, command);
    result.lines().forEach(line -> listener.onLine(line, false));
    return result;
  }

  private CommandResult runHere(Host host, Command command) throws IOException {
    Path base = Files.createDirectories(scratch.resolve(UUID.randomUUID().toString()));
    List<String> words = new ArrayList<>();
    if (command.script().isPresent()) {
      Path script = base.resolve("script");
      Files.writeString(script, command.script().get().text());
      words.addAll(List.of("/bin/sh", script.toString()));
    }
    words.addAll(command.words());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(base.resolve("out").toFile())
            .redirectError(base.resolve("err").toFile());
    command.env().forEach((name, value) -> builder.environment().put(name, value.reveal()));
    command.directory().ifPresent(path -> builder.directory(Path.of(path).toFile()));
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      if (command.input().isPresent()) {
        command.input().get().writeTo(stdin);
      }
    } catch (IOException e) {
      // It may end before it has read everything, as tar does at the end of an archive.
    }
    int exit = process.onExit().join().exitValue();
    return CommandResult.of(
        host.address(),
        command.toString(),
        new Exit.Exited(exit),
        Files.readString(base.resolve("out")),
        Files.readString(base.resolve("err")),
        Duration.ZERO);
  }

  @Override
  public void close() {}
}
