package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs commands in a shell of this machine; hosts differ by their roots. */
final class LocalShell implements SshClient {
  private final Path scratch;
  private final String path;

  LocalShell(Path scratch) {
    this(scratch, System.getenv("PATH"));
  }

  /** With another path for programs. */
  LocalShell(Path scratch, String path) {
    this.scratch = scratch;
    this.path = path;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    try {
      return runHere(host, command, listener);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandResult runHere(Host host, Command command, OutputListener listener)
      throws IOException, InterruptedException {
    Path base = Files.createDirectories(scratch.resolve(UUID.randomUUID().toString()));
    List<String> words = new ArrayList<>();
    if (command.script().isPresent()) {
      Path script = base.resolve("script");
      Files.writeString(script, command.script().get().text());
      words.addAll(List.of("/bin/sh", script.toString()));
    }
    words.addAll(command.words());
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(base.resolve("err").toFile());
    builder.environment().put("PATH", path);
    command.env().forEach((name, value) -> builder.environment().put(name, value.reveal()));
    command.directory().ifPresent(path -> builder.directory(Path.of(path).toFile()));
    Process process = builder.start();
    Thread feeder = new Thread(() -> feed(command, process.getOutputStream()));
    feeder.start();
    StringBuilder printed = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.onLine(line, false);
        printed.append(line).append('\n');
      }
    }
    int exit = process.waitFor();
    feeder.interrupt(); // its source may have more to say, to nobody
    feeder.join();
    return CommandResult.of(
        host.address(),
        command.toString(),
        new Exit.Exited(exit),
        printed.toString(),
        Files.readString(base.resolve("err")),
        Duration.ZERO);
  }

  private static void feed(Command command, OutputStream stream) {
    try (stream) {
      if (command.input().isPresent()) {
        command.input().get().writeTo(stream);
      }
    } catch (IOException e) {
      // It may end before it has read everything, as tar does at the end of an archive.
    }
  }

  @Override
  public void close() {}
}
