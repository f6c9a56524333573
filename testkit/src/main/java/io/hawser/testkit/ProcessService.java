package io.hawser.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A unit whose program runs as a process of this machine, with its paths below the host's root. */
final class ProcessService implements RunningService {
  private static final String MARK = "HAWSER_EMBEDDED_UNIT";

  private final Process process;
  private final String mark;
  private final boolean staysActive;

  private ProcessService(Process process, String mark, boolean staysActive) {
    this.process = process;
    this.mark = mark;
    this.staysActive = staysActive;
  }

  /**
   * Starts the program of a unit. Words that name something below the root are taken from there,
   * others (for example {@code /bin/sh}) from this machine.
   *
   * @param environment what the unit's own environment is added to
   * @throws IOException if there is no such program
   */
  static ProcessService start(Path root, UnitFile unit, Map<String, String> environment)
      throws IOException {
    Map<String, String> env = new HashMap<>(environment);
    for (String pair : unit.environment()) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        env.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    String mark = UUID.randomUUID().toString();
    env.put(MARK, mark);
    List<String> words = new ArrayList<>();
    for (String word : unit.command()) {
      Path below = word.startsWith("/") ? HostPaths.resolve(root, word) : root;
      words.add(word.startsWith("/") && Files.exists(below) ? below.toString() : word);
    }
    File log = HostPaths.resolve(root, "/var/log").resolve(unit.name() + ".log").toFile();
    Files.createDirectories(log.toPath().resolveSibling(""));
    String directory = unit.get("Service.WorkingDirectory").orElse("/");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(HostPaths.resolve(root, directory).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().clear();
    builder.environment().putAll(env);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ProcessService(process, mark, unit.isOneshot() && unit.remainsAfterExit());
  }

  /** Waits for the end of the program; says whether it came in time. */
  boolean await(int seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public State state() {
    if (process.isAlive()) {
      return State.of(Kind.ACTIVE, "process " + process.pid());
    }
    int status = process.exitValue();
    if (status != 0) {
      return new State(Kind.FAILED, status, "exited " + status);
    }
    return State.of(staysActive ? Kind.ACTIVE : Kind.INACTIVE, "exited 0");
  }

  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    // What left the family, as daemons do, is found by the mark in its environment.
    ProcessSweep.killMarked(MARK + "=" + mark);
    if (!await(5)) {
      throw new IllegalStateException("process " + process.pid() + " cannot be killed");
    }
  }
}
