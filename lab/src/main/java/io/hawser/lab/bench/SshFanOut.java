package io.hawser.lab.bench;

import io.hawser.fanout.FanOut;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs {@code true} on many hosts and says how long that took. Hawser is embedded, so the program
 * stays while {@code lab/bench} runs its peers, and answers each line of its standard input with
 * one of seconds:
 *
 * <ul>
 *   <li>{@code cold N}: a new client, which connects to N hosts, runs the command on each and
 *       closes
 *   <li>{@code warm N}: the same command on N hosts over connections that are open
 *   <li>{@code open N}: opens those
 * </ul>
 *
 * <p>With further arguments, as in {@code STATE cold 20}, it answers these and ends: the figure of
 * a fresh JVM.
 */
final class SshFanOut {
  private static final Command TRUE = Command.of("true").asLoginUser();

  private final BenchHosts hosts;
  private final SshClient warm;

  private SshFanOut(BenchHosts hosts) {
    this.hosts = hosts;
    this.warm = client();
  }

  /** Takes the state directory of {@code lab/bench}, and a request or none. */
  public static void main(String... arguments) throws IOException {
    SshFanOut fanOut = new SshFanOut(BenchHosts.in(Path.of(arguments[0])));
    if (arguments.length == 3) {
      fanOut.answer(arguments[1] + " " + arguments[2]);
      return;
    }
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      fanOut.answer(line);
    }
    fanOut.warm.close();
  }

  private void answer(String request) {
    String[] words = request.split(" ", 2);
    int count = Integer.parseInt(words[1]);
    long start = System.nanoTime();
    switch (words[0]) {
      case "cold" -> cold(count);
      case "open", "warm" -> run(warm, count);
      default -> throw new IllegalArgumentException("\"" + request + "\" is no request");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(String.format(Locale.ROOT, "%.6f", seconds));
  }

  private void cold(int count) {
    try (SshClient client = client()) {
      run(client, count);
    }
  }

  private void run(SshClient client, int count) {
    FanOut.map(hosts.first(count), FanOut.DEFAULT_WIDTH, host -> client.run(host, TRUE).orThrow());
  }

  private SshClient client() {
    return SshClients.jsch().hostKeys(hosts.hostKeys()).build();
  }
}
