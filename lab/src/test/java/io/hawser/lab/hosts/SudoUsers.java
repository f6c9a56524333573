package io.hawser.lab.hosts;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.ShellQuote;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes users on host 1 with its own tools, each with a sudoers file of its own and its own log of
 * what sudo decided. All log in with the lab's key, so that a password is for sudo alone.
 */
public final class SudoUsers implements AutoCloseable {
  private final Lab lab;
  private final Doors doors;
  private final SshClient client;
  private final AtomicInteger made = new AtomicInteger();

  /** Starts with no users; the directory is for what the client learns. */
  public SudoUsers(Lab lab, Path directory) throws IOException {
    this.lab = lab;
    this.doors = new Doors(lab);
    this.client =
        SshClients.jsch()
            .hostKeys(HostKeyPolicy.acceptNew(directory.resolve("known_hosts")))
            .build();
    // Two seconds after each wrong password would be most of the tests' time.
    lab.on(1, "sed -i 's/pam_unix.so nullok/& nodelay/' /etc/pam.d/common-auth").ok();
  }

  /** The client that all commands go through. */
  public SshClient client() {
    return client;
  }

  /**
   * Makes a user.
   *
   * @param shell the login shell
   * @param password its password; null for none
   * @param sudoers lines for sudo in which {@code USER} stands for its name
   * @return its name
   */
  public String make(String shell, @Nullable String password, String... sudoers) {
    String name = "u" + made.incrementAndGet();
    StringBuilder text = new StringBuilder("set -e\n");
    text.append("useradd --create-home --shell ").append(shell).append(' ').append(name);
    text.append("\ninstall -d -m 700 -o ").append(name).append(" /home/").append(name);
    text.append("/.ssh\ninstall -m 600 -o ").append(name).append(" /root/.ssh/authorized_keys");
    text.append(" /home/").append(name).append("/.ssh/authorized_keys\n");
    if (password != null) {
      text.append("printf '%s\\n' ").append(ShellQuote.quote(name + ":" + password));
      text.append(" | chpasswd\n");
    }
    String lines = "Defaults:USER logfile=/var/log/sudo-USER\n" + String.join("\n", sudoers);
    text.append("printf '%s\\n' ").append(ShellQuote.quote(lines.replace("USER", name)));
    text.append(" >/tmp/sudoers\nvisudo -qcf /tmp/sudoers\n");
    text.append("install -m 440 /tmp/sudoers /etc/sudoers.d/").append(name);
    lab.on(1, text.toString()).ok();
    return name;
  }

  /** Puts a program of the test's resources on host 1. */
  public void install(Path program, String path) throws IOException {
    write(Files.readString(program), path, "755 -o root");
  }

  /** Puts a text before what a user's rc file has. */
  public void rc(String user, String file, String text) {
    String path = "/home/" + user + "/" + file;
    String rest = lab.on(1, "cat " + path + " 2>/dev/null || true").ok().output();
    write(text + rest, path, "644 -o " + user);
  }

  private void write(String text, String path, String mode) {
    String printf = "printf '%s' " + ShellQuote.quote(text);
    lab.on(1, printf + " >/tmp/text && install -m " + mode + " /tmp/text " + path).ok();
  }

  /** Host 1 for a user, with a password to give to sudo or with none. */
  public Host host(String user, @Nullable String password) {
    return Host.at(Doors.ADDRESS)
        .ssh(
            SshAccess.builder()
                .user(user)
                .port(doors.port(1))
                .keyFile(lab.key().toString())
                .password(password == null ? null : Secret.of(password))
                .build())
        .build();
  }

  /** What sudo has logged about a user; empty when nothing. */
  public String log(String user) {
    return lab.on(1, "cat /var/log/sudo-" + user + " 2>/dev/null || true").ok().output();
  }

  @Override
  public void close() throws IOException {
    client.close();
    doors.close();
  }
}
