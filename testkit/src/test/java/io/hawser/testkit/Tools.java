package io.hawser.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine that judge from outside. */
final class Tools {
  private Tools() {}

  record Answer(int code, String output) {}

  static boolean has(String program) throws IOException, InterruptedException {
    return run("/bin/sh", "-c", "command -v \"$1\"", "sh", program).code() == 0;
  }

  static Answer run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", words) + " does not end");
    }
    return new Answer(process.exitValue(), output);
  }
}
