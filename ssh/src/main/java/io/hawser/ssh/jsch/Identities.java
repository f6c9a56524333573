package io.hawser.ssh.jsch;

import com.google.common.collect.ImmutableList;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.hostkey.PublicKeyBlob;
import io.hawser.ssh.runner.Words;
import io.hawser.ssh.runner.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The keys that a host is offered: the configured one, then those of the agent if it is asked. */
@SuppressWarnings("JdkObsolete") // JSch's interface has Vector
final class Identities {
  private final Optional<PrivateKey> key;
  private final ImmutableList<Identity> ofAgent;

  private Identities(Optional<PrivateKey> key, List<Identity> ofAgent) {
    this.key = key;
    this.ofAgent = ImmutableList.copyOf(ofAgent);
  }

  /**
   * What a host's access names, checked before anything is sent.
   *
   * @throws SshException with reason CREDENTIAL if it cannot be used
   */
  static Identities of(Host host, ClientOptions options, Workers workers)
      throws InterruptedException {
    SshAccess access = host.ssh();
    Optional<PrivateKey> key = PrivateKey.of(host);
    if (access.agent()) {
      return new Identities(key, ofAgent(host, options, workers));
    }
    if (key.isEmpty() && access.password().isEmpty()) {
      throw refuse(
          host,
          "neither a password nor a private key nor an agent is configured for user "
              + access.user(),
          null);
    }
    return new Identities(key, List.of());
  }

  private static List<Identity> ofAgent(Host host, ClientOptions options, Workers workers)
      throws InterruptedException {
    Path socket = options.agentSocket();
    if (socket == null) {
      throw refuse(host, "keys of the agent are asked for, but SSH_AUTH_SOCK is not set", null);
    }
    String name = "the agent at " + socket;
    List<Identity> all = ask(host, options, workers, name, socket);
    Optional<PublicKeyBlob> only = PrivateKey.publicKey(host);
    List<Identity> offered =
        all.stream()
            .filter(one -> only.isEmpty() || PublicKeyBlob.of(one.getPublicKeyBlob()).equals(only))
            .toList();
    if (offered.isEmpty()) {
      throw refuse(
          host,
          name
              + only.map(key -> " does not have the key " + key).orElse(" has no key")
              + "; look at: ssh-add -l",
          null);
    }
    return offered;
  }

  /** An agent may hang, for example while it waits for somebody to confirm. */
  private static List<Identity> ask(
      Host host, ClientOptions options, Workers workers, String name, Path socket)
      throws InterruptedException {
    Future<List<Identity>> answer =
        workers.start(
            () -> new AgentIdentityRepository(new SSHAgentConnector(socket)).getIdentities());
    try {
      return answer.get(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw refuse(host, name + " cannot be asked: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw refuse(
          host, name + " does not answer within " + Words.seconds(options.connectTimeout()), e);
    } finally {
      answer.cancel(true);
    }
  }

  void addTo(JSch jsch) throws JSchException {
    if (key.isPresent()) {
      key.get().addTo(jsch);
    }
    if (!ofAgent.isEmpty()) {
      Vector<Identity> all = new Vector<>(jsch.getIdentityRepository().getIdentities());
      all.addAll(ofAgent);
      jsch.setIdentityRepository(new Fixed(all));
    }
  }

  private static SshException refuse(Host host, String message, @Nullable Throwable cause) {
    return new SshException(host.address(), Reason.CREDENTIAL, message, cause);
  }

  /** A list of keys that nobody adds to: JSch would add a key of ours to the user's agent. */
  private static final class Fixed implements IdentityRepository {
    private final Vector<Identity> identities;

    Fixed(Vector<Identity> identities) {
      this.identities = identities;
    }

    @Override
    public String getName() {
      return "Hawser's keys";
    }

    @Override
    public int getStatus() {
      return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
      return new Vector<>(identities);
    }

    @Override
    public boolean add(byte[] identity) {
      return false;
    }

    @Override
    public boolean remove(byte[] blob) {
      return false;
    }

    @Override
    public void removeAll() {}
  }
}
