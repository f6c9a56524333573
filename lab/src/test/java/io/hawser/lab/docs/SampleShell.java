package io.hawser.lab.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of a page. Its {@code mvn} is the Maven that runs this build, offline, with two
 * local repositories: first the artifacts of this build, then the user's.
 */
final class SampleShell {
  private static final int MINUTES = 5;

  /**
   * What a block did.
   *
   * @param status its exit status
   * @param output what it wrote to both streams
   */
  record Ran(int status, String output) {
    /** Whether Maven missed something that it may not fetch offline. */
    boolean lacksArtifacts() {
      return status != 0
          && (output.contains("in offline mode")
              || output.contains("No plugin found for prefix")
              || output.contains("not been downloaded from it before"));
    }
  }

  private final Path tools;

  /**
   * Makes the shell.
   *
   * @param tools an empty folder for its programs
   * @param maven the folder of a Maven
   */
  SampleShell(Path tools, Path maven, Path artifacts, Path users) throws IOException {
    this.tools = tools;
    String chained = "-Dmaven.repo.local=" + artifacts + " -Dmaven.repo.local.tail=" + users + " ";
    program("offline", maven, "-o " + chained);
    program("online", maven, chained);
    program("users", maven, "-Dmaven.repo.local=" + users + " ");
  }

  private void program(String folder, Path maven, String options) throws IOException {
    Path mvn = Files.createDirectories(tools.resolve(folder)).resolve("mvn");
    Files.writeString(
        mvn, "#!/bin/sh\nexec '" + maven.resolve("bin/mvn") + "' " + options + "\"$@\"\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
  }

  /** Runs a block as a reader would, with what is on this machine. */
  Ran run(String block, Path folder) throws InterruptedException {
    return shell("offline", block, folder);
  }

  /** Runs a block as a reader would who has a network. */
  Ran runOnline(String block, Path folder) throws InterruptedException {
    return shell("online", block, folder);
  }

  /** Runs a block with the user's local repository alone, which Maven may fill. */
  void fetch(String block, Path folder) throws InterruptedException {
    shell("users", block, folder);
  }

  private Ran shell(String programs, String block, Path folder) throws InterruptedException {
    try {
      Path output = Files.createTempFile(tools, "output", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(List.of("sh", "-e", "-c", block))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      var environment = builder.environment();
      Path java = Path.of(System.getProperty("java.home"));
      environment.put("JAVA_HOME", java.toString());
      // For every JVM that Maven starts, too: short ones have nothing of a second compiler.
      environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
      environment.remove("MAVEN_OPTS");
      environment.remove("MAVEN_ARGS");
      environment.remove("JAVA_TOOL_OPTIONS");
      environment.put(
          "PATH",
          tools.resolve(programs) + ":" + java.resolve("bin") + ":" + environment.get("PATH"));
      Process process = builder.start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return new Ran(-1, Files.readString(output) + "\nstopped after " + MINUTES + " minutes");
      }
      return new Ran(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
