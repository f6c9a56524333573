package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import io.hawser.host.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Debian's docker-registry as a process of this machine, ended by closing. */
final class RegistryProcess implements AutoCloseable {
  /** Its own loopback address, so that nothing else of this machine is met. */
  static final String ADDRESS = "127.0.0.31";

  private final Process process;
  private boolean paused;

  private RegistryProcess(Process process) {
    this.process = process;
  }

  /** Ends the test as skipped, or as failed where the lab is required. */
  static void assumeInstalled(String... programs) {
    String lab = System.getProperty("hawser.lab", "auto");
    assumeTrue(!lab.equals("off"), "hawser.lab=off");
    for (String program : programs) {
      boolean there = Files.isExecutable(Path.of("/usr/bin", program));
      assertThat(there || !lab.equals("required")).as(program + " is required").isTrue();
      assumeTrue(there, program + " is not installed (apt-get install " + program + ")");
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      return socket.getLocalPort();
    }
  }

  static RegistryProcess start(Path log, List<String> command) throws IOException {
    return new RegistryProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** Runs a program and gives what it printed. */
  static String run(Path directory, String... command) throws Exception {
    Path output = Files.createTempFile(directory, "run", ".log");
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = started.waitFor();
    String text = Files.readString(output);
    assertThat(exit).as(String.join(" ", command) + ": " + text).isZero();
    return text;
  }

  /** The status of a request. */
  static int status(String method, String url, Optional<RegistrySettings> credentials)
      throws Exception {
    return send(method, url, null, credentials).statusCode();
  }

  static HttpResponse<byte[]> send(
      String method, String url, String accept, Optional<RegistrySettings> credentials)
      throws IOException, InterruptedException {
    return send(HttpClient.newHttpClient(), method, url, accept, credentials);
  }

  static HttpResponse<byte[]> send(
      HttpClient client,
      String method,
      String url,
      String accept,
      Optional<RegistrySettings> credentials)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (accept != null) {
      request.header("Accept", accept);
    }
    credentials.ifPresent(
        settings -> {
          String pair = settings.username() + ":" + settings.password().reveal();
          request.header(
              "Authorization",
              "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Answers probes from this machine, as the agent on a host does. */
  static Probe.Result probe(Probe probe, RegistrySettings settings) {
    try {
      HttpResponse<byte[]> answer = send("GET", probe.url(), probe.accept(), Optional.of(settings));
      String sha = Hashing.sha256().hashBytes(answer.body()).toString();
      boolean good = answer.statusCode() == 200 && sha.equals(probe.sha256());
      return new Probe.Result(
          good,
          true,
          answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Probe.Result(false, true, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static ReplicaProbe prober() {
    return new ReplicaProbe(Clock.systemUTC(), Pause.real(), Duration.ofSeconds(30));
  }

  /** The words of a unit's ExecStart. */
  static List<String> command(String unit) {
    return unit.lines()
        .filter(line -> line.startsWith("ExecStart="))
        .map(line -> new ArrayList<>(List.of(line.substring("ExecStart=".length()).split(" "))))
        .findFirst()
        .orElseThrow();
  }

  /** Makes it hang: connections are taken, nothing is answered. */
  void pause() throws IOException, InterruptedException {
    paused = true;
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
  }

  /** Lets it go on after a pause. */
  void resume() throws IOException, InterruptedException {
    paused = false;
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
  }

  @Override
  public void close() {
    if (paused) {
      process.destroyForcibly(); // It would not see a polite signal.
    }
    process.destroy();
    process.onExit().join();
  }
}
