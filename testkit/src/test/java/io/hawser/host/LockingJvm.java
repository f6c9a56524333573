package io.hawser.host;

import io.hawser.HawserException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.ControllerJvm;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A controller in a JVM of its own, which does one thing after the other as it is told. */
public final class LockingJvm implements Closeable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  private LockingJvm(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param lease of the locks that it takes
   * @param port by which it reaches the hosts, instead of their own; 0 for their own
   */
  public static LockingJvm start(Path hostKeys, Duration lease, int port, List<Host> hosts)
      throws IOException {
    List<String> words =
        new ArrayList<>(List.of(hostKeys.toString(), String.valueOf(lease.toSeconds())));
    for (Host host : hosts) {
      List<String> known = new ArrayList<>(ControllerJvm.words(host));
      if (port != 0) {
        known.set(2, String.valueOf(port));
      }
      words.addAll(known);
    }
    List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");
    return new LockingJvm(ControllerJvm.start(LockingJvm.class, options, words));
  }

  /** Tells it what to do next: take, write TEXT, script, reset or give-back. */
  public void tell(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  /** What it answers to the oldest order that it has not answered yet. */
  public String answer() throws IOException {
    return String.valueOf(answers.readLine());
  }

  /** Tells it something and waits for the answer. */
  public String ask(String order) throws IOException {
    tell(order);
    return answer();
  }

  /** Its process id, as it stands in what it says of itself. */
  public long pid() {
    return process.pid();
  }

  /** Sends it a signal: STOP, CONT, KILL. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill -" + name + " failed");
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answers.close();
  }

  /**
   * Does as it is told on standard input.
   *
   * @param args known_hosts file, lease in seconds, then per host address, user, port, key and root
   */
  public static void main(String[] args) throws Exception {
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(Path.of(args[0]));
    List<Host> hosts = new ArrayList<>();
    for (int i = 2; i < args.length; i += ControllerJvm.WORDS) {
      hosts.add(ControllerJvm.host(args, i));
    }
    LockTerms terms = LockTerms.of(Duration.ofSeconds(Long.parseLong(args[1])));
    try (SshClient client = SshClients.jsch().hostKeys(policy).build();
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Controller controller =
          new Controller(client, Cluster.named("c1").hosts(hosts).build(), terms);
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(controller.does(order));
      }
    }
  }

  private static final class Controller {
    private final SshClient client;
    private final Cluster cluster;
    private final LockTerms terms;
    private ClusterLock lock;

    Controller(SshClient client, Cluster cluster, LockTerms terms) {
      this.client = client;
      this.cluster = cluster;
      this.terms = terms;
    }

    String does(String order) {
      String[] words = order.split(" ", 2);
      try {
        return switch (words[0]) {
          case "ready" -> "ready";
          case "take" -> take();
          case "write" -> write(FileChange.plain("/etc/written", words[1]));
          case "script" -> script();
          case "give-back" -> {
            lock.close();
            yield "free";
          }
          case "reset" -> {
            lock.access(cluster.hosts().get(0)).undo(entry -> true);
            yield "undone";
          }
          default -> throw new IllegalArgumentException(order);
        };
      } catch (HawserException e) {
        return "refused: " + String.valueOf(e.getMessage()).replace('\n', ' ');
      }
    }

    private String take() {
      lock = ClusterLock.take(client, cluster, cluster.hosts(), terms);
      // What was not reached would say so here.
      cluster.hosts().forEach(lock::access);
      return "taken";
    }

    private String write(HostChange change) {
      return Stream.of(lock.access(cluster.hosts().get(0)).apply("test", List.of(change)))
          .flatMap(List::stream)
          .map(result -> result.outcome() + " " + result.message())
          .findFirst()
          .orElseThrow(() -> new UncheckedIOException(new IOException("no result")))
          .strip();
    }

    /** Runs a long script in the background. */
    private String script() {
      Script sleeps =
          Script.of(
              "sleeps", "echo x >\"$HAWSER_ROOT/ran\"; sleep 617; echo x >\"$HAWSER_ROOT/late\"");
      CommandChange change = new CommandChange("sleeps", Command.script(sleeps), null, "f");
      Thread thread = new Thread(() -> write(change), "script");
      thread.setDaemon(true);
      thread.start();
      return "started";
    }
  }
}
