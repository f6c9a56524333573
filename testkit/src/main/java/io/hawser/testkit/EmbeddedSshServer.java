package io.hawser.testkit;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.hawser.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * An SSH server inside this JVM that runs each command line with the machine's own shell.
 *
 * <pre>{@code
 * try (EmbeddedSshServer server = EmbeddedSshServer.builder()
 *     .address("127.0.0.11").user("root").password(Secret.of("x"))
 *     .path(fakeCommands).environment(Map.of("HAWSER_ROOT", root.toString())).directory(root)
 *     .start()) {
 *   connect(server.address(), server.port());
 * }
 * }</pre>
 *
 * <p>Commands run as the user of this JVM, whatever name logs in, in a session and process group of
 * their own, as under sshd; their environment is what the builder says and nothing of this JVM's.
 * Standard output and error stay separate; exit status and death by a signal are told apart. A
 * daemon that a finished command left behind lives on, and keeps the channel open while it holds
 * its streams, as under sshd. Unlike under sshd, closing the channel of a running command kills its
 * process group, and {@link #stop()} kills every process that came from this server, so that no
 * test leaves one behind.
 *
 * <p>Only command execution is served: no shell, no SFTP, no forwarding. The host key is an EC key
 * (nistp256) and no JCE provider is registered. Thread-safe.
 */
final class EmbeddedSshServer implements Closeable {
  /** Marks every process that comes from a server, so that the server can find them again. */
  static final String MARK = "HAWSER_EMBEDDED_HOST";

  private final String address;
  private final String user;
  private final @Nullable Secret password;
  private final ImmutableList<PublicKey> authorizedKeys;
  private final ImmutableMap<String, String> environment;
  private final Path directory;
  private final String shell;
  private final String mark = UUID.randomUUID().toString();
  private final AtomicInteger passwordAttempts = new AtomicInteger();
  private final AtomicInteger keyAttempts = new AtomicInteger();
  private final Path scratch;
  private KeyPair hostKey;
  private int port;
  private @Nullable SshServer server;

  private EmbeddedSshServer(Builder builder) {
    this.address = builder.address;
    this.user = builder.user;
    this.password = builder.password;
    this.authorizedKeys = ImmutableList.copyOf(builder.authorizedKeys);
    this.directory = builder.directory;
    this.shell = builder.shell;
    this.port = builder.port;
    this.hostKey = FreshKey.make();
    this.environment =
        ImmutableMap.<String, String>builder()
            .put("PATH", builder.searchPath())
            .put("HOME", builder.directory.toString())
            .put("USER", builder.user)
            .put("LOGNAME", builder.user)
            .put("SHELL", builder.shell)
            .putAll(builder.environment)
            .put(MARK, mark)
            .buildKeepingLast();
    try {
      this.scratch = Files.createTempDirectory("hawser-sshd");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Builder builder() {
    return new Builder();
  }

  /** The address it listens on. */
  String address() {
    return address;
  }

  /** The port it listens on; the same again after {@link #stop()} and {@link #start()}. */
  synchronized int port() {
    return port;
  }

  /** The server's line for a known_hosts file, without a line end. */
  synchronized String knownHostsLine() {
    String name = port == 22 ? address : "[" + address + "]:" + port;
    return name + " " + PublicKeyEntry.toString(hostKey.getPublic());
  }

  /** How often a client offered a password so far. */
  int passwordAttempts() {
    return passwordAttempts.get();
  }

  /** How often a client offered a public key so far, whether or not it then signed with it. */
  int keyAttempts() {
    return keyAttempts.get();
  }

  /** Listens again, on the same port as before. Does nothing when it already does. */
  synchronized void start() {
    if (server != null) {
      return;
    }
    SshServer fresh = SshServer.setUpDefaultServer();
    fresh.setHost(address);
    fresh.setPort(port);
    fresh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    fresh.setNioWorkers(2);
    fresh.setChannelFactories(List.of(ExecChannel.FACTORY));
    fresh.setCommandFactory(
        (channel, line) -> new ShellProcess(line, shell, environment, directory, scratch));
    // Commands may be silent for long; it is the client that sets limits.
    CoreModuleProperties.IDLE_TIMEOUT.set(fresh, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(fresh, Duration.ZERO);
    List<UserAuthFactory> methods = new ArrayList<>();
    if (!authorizedKeys.isEmpty()) {
      methods.add(UserAuthPublicKeyFactory.INSTANCE);
      fresh.setPublickeyAuthenticator((name, key, session) -> knows(name, key));
    }
    if (password != null) {
      methods.add(UserAuthPasswordFactory.INSTANCE);
      fresh.setPasswordAuthenticator((name, word, session) -> knows(name, Secret.of(word)));
    }
    fresh.setUserAuthFactories(methods);
    try {
      fresh.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address + ":" + port, e);
    }
    port = fresh.getPort();
    server = fresh;
  }

  /**
   * Stops listening, cuts every connection and kills every process that came from this server,
   * daemons too. Does nothing when it is stopped.
   */
  synchronized void stop() {
    SshServer running = server;
    server = null;
    if (running != null) {
      try {
        running.stop(true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        ProcessSweep.killMarked(MARK + "=" + mark);
      }
    }
  }

  /** Takes a new host key, as a reinstalled host would; for the next {@link #start()}. */
  synchronized void changeHostKey() {
    hostKey = FreshKey.make();
  }

  /** Like {@link #stop()}, for good. */
  @Override
  public synchronized void close() {
    stop();
    ProcessSweep.deleteTree(scratch);
  }

  private boolean knows(String name, PublicKey key) {
    keyAttempts.incrementAndGet();
    return name.equals(user) && KeyUtils.findMatchingKey(key, authorizedKeys) != null;
  }

  private boolean knows(String name, Secret word) {
    passwordAttempts.incrementAndGet();
    return name.equals(user) && word.equals(password);
  }

  /** Collects the values of an {@link EmbeddedSshServer}. Not thread-safe. */
  static final class Builder {
    private final List<PublicKey> authorizedKeys = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> path = new ArrayList<>();
    private String address = "127.0.0.1";
    private String user = "root";
    private @Nullable Secret password;
    private Path directory = Path.of("/");
    private String shell = "/bin/sh";
    private int port;

    private Builder() {}

    /** The address to bind, 127.0.0.1 by default; on Linux all of 127.0.0.0/8 can be had. */
    Builder address(String address) {
      this.address = address;
      return this;
    }

    /** The port to bind; by default one that is free. */
    Builder port(int port) {
      this.port = port;
      return this;
    }

    /** The one name that may log in, root by default; commands run as this JVM's user. */
    Builder user(String user) {
      this.user = user;
      return this;
    }

    /** The password to log in with; without one, passwords are not offered. */
    Builder password(Secret password) {
      this.password = password;
      return this;
    }

    /** A public key (RSA or EC) to log in with; without one, keys are not offered. */
    Builder authorizedKey(PublicKey key) {
      authorizedKeys.add(key);
      return this;
    }

    /** A directory whose programs come before those of the machine; later ones come after. */
    Builder path(Path directory) {
      path.add(directory);
      return this;
    }

    /** Environment of every command, for example HAWSER_ROOT. */
    Builder environment(Map<String, String> values) {
      environment.putAll(values);
      return this;
    }

    /** The directory in which commands start, and their HOME; {@code /} by default. */
    Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** The login shell that is given the command line, {@code /bin/sh} by default. */
    Builder shell(String shell) {
      this.shell = shell;
      return this;
    }

    /** Makes the server and lets it listen. */
    EmbeddedSshServer start() {
      EmbeddedSshServer made = new EmbeddedSshServer(this);
      try {
        made.start();
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
      return made;
    }

    private String searchPath() {
      String machine = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
      return Stream.concat(path.stream().map(Path::toString), Stream.of(machine))
          .collect(joining(":"));
    }
  }
}
