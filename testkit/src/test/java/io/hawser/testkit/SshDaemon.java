package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's own sshd with host keys and certificates that a test made. */
final class SshDaemon implements AutoCloseable {
  private final Path folder;
  private final String address;
  private final int port;
  private final Process process;

  /**
   * Starts one.
   *
   * @param userKey may log in; its public half lies beside it
   */
  SshDaemon(Path folder, String address, Path userKey, List<String> config) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.address = address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      port = free.getLocalPort();
    }
    // sshd refuses to start as root without its empty directory; packages make it at boot.
    if (user().equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    List<String> lines =
        new ArrayList<>(
            List.of(
                "ListenAddress " + address,
                "Port " + port,
                "PidFile none",
                "AuthorizedKeysFile " + userKey + ".pub",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "PermitRootLogin yes",
                "SetEnv HOME=" + folder));
    lines.addAll(config);
    Path file = Files.write(folder.resolve("sshd_config"), lines);
    process =
        new ProcessBuilder(OpenSshServer.SSHD.toString(), "-D", "-e", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitPort();
  }

  int port() {
    return port;
  }

  /** Its name in a known_hosts file. */
  String name() {
    return "[" + address + "]:" + port;
  }

  /** What it has logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  Host host(SshAccess.Builder access) {
    return Host.at(address).ssh(access.user(user()).port(port).build()).build();
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitPort() throws Exception {
    for (int i = 0; i < 500 && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), 1000);
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    close();
    throw new IOException("sshd does not listen: " + log());
  }
}
