package io.hawser.lab.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that has ended.
 *
 * @param command what ran
 * @param status its exit status
 * @param output what it printed, stderr included
 */
public record Ran(List<String> command, int status, String output) {
  private static final int LIMIT_MINUTES = 15;

  /** Runs a program with further environment and waits for it, at most 15 minutes. */
  static Ran run(List<String> command, Map<String, String> env) {
    try {
      // A file rather than a pipe: a daemon that the program leaves behind may keep the stream open.
      Path log = Files.createTempFile("hawser-ran", ".log");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(env);
        builder.redirectInput(new java.io.File("/dev/null")).redirectOutput(log.toFile());
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new IllegalStateException(command + " did not end in " + LIMIT_MINUTES + " min");
        }
        return new Ran(
            command,
            process.exitValue(),
            new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command + " ran", e);
    }
  }

  /** This, if the status is 0. */
  public Ran ok() {
    if (status != 0) {
      throw new AssertionError(shortened() + " exited " + status + ":\n" + output);
    }
    return this;
  }

  /** A class path would fill the screen. */
  private List<String> shortened() {
    return command.stream().map(word -> word.length() > 200 ? "..." : word).toList();
  }

  /** The output's lines. */
  public List<String> lines() {
    return output.lines().toList();
  }
}
