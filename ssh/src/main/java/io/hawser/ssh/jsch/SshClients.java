package io.hawser.ssh.jsch;

import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes SSH clients that reach real hosts. */
public final class SshClients {
  private SshClients() {}

  /**
   * Starts a client that speaks SSH through JSch: strict host keys, 10 s to connect, 30 s to log
   * in, 8 commands at once per host. It keeps one connection per host and credential, does not
   * offer a credential that a host refused again within a minute, and takes no settings from JSch's
   * own static configuration, from system properties or from {@code ~/.ssh} other than known_hosts.
   */
  public static Builder jsch() {
    return new Builder();
  }

  /** Collects the options of a client. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_CHANNELS = 64;

    private HostKeyPolicy hostKeys = HostKeyPolicy.strict();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration authTimeout = Duration.ofSeconds(30);
    private int maxChannels = 8;
    private @Nullable Path agentSocket = environmentAgent();

    private Builder() {}

    /** Which host keys are trusted; by default those in the user's and system's known_hosts. */
    public Builder hostKeys(HostKeyPolicy policy) {
      this.hostKeys = policy;
      return this;
    }

    /** The limit on reaching a host: TCP, the server's greeting and the key exchange together. */
    public Builder connectTimeout(Duration limit) {
      this.connectTimeout = limit;
      return this;
    }

    /** The limit on logging in, once the host key was checked. */
    public Builder authTimeout(Duration limit) {
      this.authTimeout = limit;
      return this;
    }

    /**
     * How many commands run at once over one connection; sshd allows 10 (MaxSessions) unless told
     * otherwise. Further commands wait.
     */
    public Builder maxChannels(int count) {
      this.maxChannels = count;
      return this;
    }

    /**
     * The socket of the ssh-agent whose keys are offered to hosts that ask for them ({@link
     * io.hawser.cluster.SshAccess#agent()}); by default what {@code SSH_AUTH_SOCK} names.
     */
    public Builder agentSocket(Path socket) {
      this.agentSocket = socket;
      return this;
    }

    private static @Nullable Path environmentAgent() {
      String socket = System.getenv("SSH_AUTH_SOCK");
      return socket == null || socket.isEmpty() ? null : Path.of(socket);
    }

    /**
     * Makes the client; it connects with its first command.
     *
     * @throws IllegalArgumentException naming every option that is out of range
     * @throws IllegalStateException if the JSch on the class path is older than 0.2.16, naming its
     *     version and its jar
     */
    public SshClient build() {
      LoadedJsch.check();
      List<String> faults = new ArrayList<>();
      checkLimit("connectTimeout", connectTimeout, faults);
      checkLimit("authTimeout", authTimeout, faults);
      if (maxChannels < 1 || maxChannels > MOST_CHANNELS) {
        faults.add("maxChannels " + maxChannels + " is not within 1 to " + MOST_CHANNELS);
      }
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new JschSshClient(
          new ClientOptions(hostKeys, connectTimeout, authTimeout, maxChannels, agentSocket));
    }

    private static void checkLimit(String name, Duration limit, List<String> faults) {
      if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(1)) > 0) {
        faults.add(name + " " + limit + " is not more than zero and at most an hour");
      }
    }
  }
}
