package io.hawser.lab.hosts;

import io.hawser.examples.installer.HawserCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installer example as a process in the network of the hosts, as a user would run it. */
public final class Installer {
  private final Lab lab;
  private final Path home;
  private final List<String> common;
  private final List<String> options = new ArrayList<>();
  private Path knownHosts;

  /** An installer for a Clusterfile that keeps what it writes in a directory of its own. */
  public Installer(Lab lab, Path home, Path clusterfile, String mode) throws IOException {
    this(lab, home, List.of("-f", clusterfile.toString(), "--mode", mode));
  }

  /** An installer for the cluster of a name that it makes and keeps itself. */
  public Installer(Lab lab, Path home, String cluster) throws IOException {
    this(lab, home, List.of("--cluster", cluster));
  }

  private Installer(Lab lab, Path home, List<String> common) throws IOException {
    this.lab = lab;
    this.home = Files.createDirectories(home);
    this.common = common;
    this.knownHosts = lab.knownHosts();
  }

  /** Trusts the keys of another file. */
  public Installer knownHosts(Path file) {
    knownHosts = file;
    return this;
  }

  /** Adds an option of the JVM. */
  public Installer option(String option) {
    options.add(option);
    return this;
  }

  /** Runs a command of the installer; nobody is asked whether it is meant. */
  public Ran run(String command, String... more) {
    return lab.exec(words(command, more).toArray(String[]::new));
  }

  /** Starts a command whose output goes to a file. */
  public Process start(Path output, String command, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of(lab.tool().toString(), "exec"));
    words.addAll(words(command, more));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("HAWSER_LAB_STATE", lab.state().toString());
    builder.redirectInput(new java.io.File("/dev/null")).redirectOutput(output.toFile());
    return builder.start();
  }

  private List<String> words(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(System.getProperty("java.home") + "/bin/java", "-Duser.home=" + home));
    words.addAll(options);
    words.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            HawserCommand.class.getName(),
            command,
            "--known-hosts",
            knownHosts.toString(),
            "--report",
            home.resolve(command + ".json").toString()));
    words.addAll(common);
    if (command.equals("reset") || command.equals("remove")) {
      words.add("--yes");
    }
    words.addAll(List.of(more));
    return words;
  }

  /** The JSON that the last run of a command wrote. */
  public String report(String command) throws IOException {
    return Files.readString(home.resolve(command + ".json"));
  }
}
