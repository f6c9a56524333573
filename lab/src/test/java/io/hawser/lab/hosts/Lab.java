package io.hawser.lab.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real hosts in namespaces of this machine, driven through {@code lab/hosts}. */
public final class Lab implements AutoCloseable {
  private final Path tool;
  private final Path state;
  private final Map<String, String> facts = new TreeMap<>();

  private Lab(Path tool, Path state) {
    this.tool = tool;
    this.state = state;
  }

  /** Starts hosts that end with this JVM, however it ends. */
  static Lab up(int hosts) {
    Path state = Path.of("/run", "hawser-lab-" + ProcessHandle.current().pid());
    Lab lab = new Lab(ownTool(), state);
    lab.verb("up", Integer.toString(hosts), "--owner", "" + ProcessHandle.current().pid()).ok();
    lab.readFacts();
    return lab;
  }

  /** The lab in whose network this JVM was started. */
  static Lab attached() {
    Lab lab = new Lab(ownTool(), Path.of(System.getenv("HAWSER_LAB_STATE")));
    lab.readFacts();
    return lab;
  }

  private static Path ownTool() {
    Path base = Path.of(System.getProperty("hawser.home", "..")).toAbsolutePath().normalize();
    return base.resolve("lab/hosts");
  }

  private void readFacts() {
    for (String line : verb("status", "--env").ok().lines()) {
      int equals = line.indexOf('=');
      facts.put(line.substring(0, equals), line.substring(equals + 1));
    }
  }

  /** The address of host {@code i}, from 1. */
  public String address(int i) {
    return facts.get("HAWSER_LAB_ADDRESSES").split(" ")[i - 1];
  }

  /** The IPv6 address of host {@code i}, from 1. */
  public String address6(int i) {
    return facts.get("HAWSER_LAB_ADDRESSES6").split(" ")[i - 1];
  }

  /** How many hosts there are. */
  public int size() {
    return facts.get("HAWSER_LAB_ADDRESSES").split(" ").length;
  }

  /** The private key that lets root in on every host. */
  public Path key() {
    return Path.of(facts.get("HAWSER_LAB_KEY"));
  }

  /** The hosts' keys. */
  public Path knownHosts() {
    return Path.of(facts.get("HAWSER_LAB_KNOWN_HOSTS"));
  }

  /** The password of root and of the user {@code ops} on every host. */
  public String password() throws IOException {
    return Files.readString(Path.of(facts.get("HAWSER_LAB_PASSWORD_FILE"))).strip();
  }

  /** Runs a verb of the tool. */
  public Ran verb(String... words) {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(words));
    return Ran.run(command, Map.of("HAWSER_LAB_STATE", state.toString()));
  }

  /** Runs a shell text on a host as root. */
  public Ran on(int host, String shell) {
    return verb("on", Integer.toString(host), "sh", "-c", shell);
  }

  /** Runs a program of this machine in the network that reaches the hosts. */
  public Ran exec(String... words) {
    List<String> command = new ArrayList<>(List.of("exec"));
    command.addAll(List.of(words));
    return verb(command.toArray(String[]::new));
  }

  Path tool() {
    return tool;
  }

  Path state() {
    return state;
  }

  @Override
  public void close() {
    verb("down").ok();
  }
}
