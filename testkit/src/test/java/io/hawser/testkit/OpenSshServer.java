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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's own sshd on a port of its own, with throw-away keys, as the current user. */
final class OpenSshServer implements SshTarget {
  static final Path SSHD = Path.of("/usr/sbin/sshd");

  private static final String ADDRESS = "127.0.0.1";

  private final Path folder;
  private final int port;
  private final TestKey userKey = new TestKey();
  private final TestKey hostKey = new TestKey();
  private final Process process;

  OpenSshServer(Path folder, String... moreConfig) throws Exception {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    secret("host_key", hostKey.privateText().reveal());
    Files.writeString(authorizedKeys(), userKey.publicLine() + "\n");
    // sshd refuses to start as root without its empty directory; packages make it at boot.
    if (user().equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Path config =
        Files.write(
            folder.resolve("sshd_config"),
            List.of(
                "ListenAddress " + ADDRESS,
                "Port " + port,
                "HostKey " + folder.resolve("host_key"),
                "PidFile none",
                "AuthorizedKeysFile " + authorizedKeys(),
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "PermitRootLogin yes",
                "SetEnv HOME=" + folder, // the user's own rc files are none of the test's business
                String.join("\n", moreConfig)));
    process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitPort();
  }

  /** Its file of keys that may log in. */
  Path authorizedKeys() {
    return folder.resolve("authorized_keys");
  }

  /** What it has logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Override
  public Host host() {
    SshAccess access =
        SshAccess.builder().user(user()).port(port).keyData(userKey.privateText()).build();
    return Host.at(ADDRESS).ssh(access).build();
  }

  @Override
  public String knownHostsLine() {
    return "[" + ADDRESS + "]:" + port + " " + hostKey.publicLine();
  }

  @Override
  public void stop() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private void awaitPort() throws Exception {
    for (int i = 0; i < 500 && process.isAlive(); i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    close();
    throw new IOException("sshd does not listen: " + log());
  }
}
