package io.hawser.host;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.Input;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Runs commands on this machine, in a shell of choice: a host without a network. */
final class LocalShell implements SshClient {
  private static final List<String> SESSION =
      Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();

  private final List<String> shell;
  private final Path work;
  private final Map<String, String> env = new TreeMap<>();
  final List<Command> commands = new CopyOnWriteArrayList<>();
  private UnaryOperator<String> scriptEdit = text -> text;

  LocalShell(Path work, String... shell) {
    this.work = work;
    this.shell = List.of(shell);
  }

  /** The shells in which the whole of a suite runs: /bin/sh, and all with -Dhawser.long=true. */
  static List<String> shells() {
    List<String> shells = new ArrayList<>(List.of("/bin/sh"));
    if (Boolean.getBoolean("hawser.long")) {
      shells.addAll(otherShells());
    }
    return shells;
  }

  /** The shells of this machine that are not its /bin/sh. */
  static List<String> otherShells() {
    try {
      Path usual = Path.of("/bin/sh").toRealPath();
      List<String> found = new ArrayList<>();
      for (String shell : List.of("/usr/bin/dash", "/usr/bin/bash", "/usr/bin/busybox sh")) {
        Path program = Path.of(shell.split(" ", -1)[0]);
        if (Files.isExecutable(program) && !program.toRealPath().equals(usual)) {
          found.add(shell);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalShell withEnv(String name, String value) {
    env.put(name, value);
    return this;
  }

  /** Changes every script that is run from now on, for example so that it dies in the middle. */
  void editScripts(UnaryOperator<String> edit) {
    scriptEdit = edit;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    commands.add(command);
    try {
      return start(host, command, listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandResult start(Host host, Command command, OutputListener listener)
      throws IOException, InterruptedException {
    // Like sshd: a session for each command, and a word by which it can be told.
    List<String> words = new ArrayList<>(SESSION);
    if (command.script().isPresent()) {
      Path script = Files.createTempFile(work, "script", ".sh");
      Files.writeString(script, scriptEdit.apply(command.script().get().text()));
      words.addAll(shell);
      words.add(script.toString());
    }
    words.addAll(command.words());
    Path errors = Files.createTempFile(work, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
    builder.environment().putAll(env);
    builder.environment().put("HAWSER_COMMAND", UUID.randomUUID().toString());
    command.env().forEach((name, value) -> builder.environment().put(name, value.reveal()));
    command.directory().ifPresent(path -> builder.directory(Path.of(path).toFile()));
    Process process = builder.start();
    Thread writer = new Thread(() -> feed(command, process.getOutputStream()));
    writer.start();
    StringBuilder stdout = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.onLine(line, false);
        stdout.append(line).append('\n');
      }
    } catch (RuntimeException e) {
      process.destroyForcibly(); // nobody wants to hear more
      throw e;
    }
    int status = process.waitFor();
    writer.interrupt(); // its source may have more to say, to nobody
    writer.join();
    return CommandResult.of(
        host.address(),
        command.toString(),
        new Exit.Exited(status),
        stdout.toString(),
        Files.readString(errors, StandardCharsets.ISO_8859_1),
        Duration.ZERO);
  }

  private static void feed(Command command, OutputStream stream) {
    Input input = command.input().orElse(out -> {});
    try (stream) {
      input.writeTo(stream);
    } catch (IOException e) {
      // The process ended early, or the source failed: both show in the result.
    }
  }

  @Override
  public void close() {}
}
