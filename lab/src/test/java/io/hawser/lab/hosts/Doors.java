package io.hawser.lab.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Ports of this machine behind which the sshds of the lab's hosts are, or other servers there, so
 * that the library under test, or who asks, can run in this JVM, which is not in the hosts'
 * network.
 */
public final class Doors implements AutoCloseable {
  /** Where the doors are. */
  public static final String ADDRESS = "127.0.0.1";

  private final Process process;
  private final List<Integer> ports;

  /** Opens a door to the sshd of every host; all end with this JVM, however it ends. */
  public Doors(Lab lab) throws IOException {
    this(lab, 22);
  }

  /** The same to another port of every host. */
  public Doors(Lab lab, int port) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("python3", "src/test/resources/door.py", lab.tool().toString()));
    IntStream.rangeClosed(1, lab.size())
        .mapToObj(host -> lab.address(host) + ":" + port)
        .forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HAWSER_LAB_STATE", lab.state().toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    String line =
        new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    if (line == null) {
      throw new IOException("the doors did not open");
    }
    ports = Arrays.stream(line.split(" ")).map(Integer::valueOf).toList();
  }

  /** The port of host {@code i}, from 1. */
  public int port(int host) {
    return ports.get(host - 1);
  }

  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
