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
  private final Path clusterfile;
  private final String mode;
  private final List<String> options = new ArrayList<>();
  private Path knownHosts;

  /** An installer for a Clusterfile that keeps what it writes in a directory of its own. */
  public Installer(Lab lab, Path home, Path clusterfile, String mode) throws IOException {
    this.lab = lab;
    this.home = Files.createDirectories(home);
    this.clusterfile = clusterfile;
    this.mode = mode;
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

  /** Runs a command of the installer. */
  public Ran run(String command, String... more) {
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
            "-f",
            clusterfile.toString(),
            "--known-hosts",
            knownHosts.toString(),
            "--mode",
            mode,
            "--report",
            home.resolve(command + ".json").toString()));
    words.addAll(List.of(more));
    return lab.exec(words.toArray(String[]::new));
  }

  /** The JSON that the last run of a command wrote. */
  public String report(String command) throws IOException {
    return Files.readString(home.resolve(command + ".json"));
  }
}
