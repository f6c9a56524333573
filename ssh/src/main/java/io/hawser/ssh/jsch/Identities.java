package io.hawser.ssh.jsch;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/** The keys that a host is offered: the configured one, then those of the agent if it is asked. */
@SuppressWarnings("JdkObsolete") // JSch's interface has Vector
final class Identities {
  private final Optional<PrivateKey> key;
  private final @Nullable AgentIdentityRepository agent;

  private Identities(Optional<PrivateKey> key, @Nullable AgentIdentityRepository agent) {
    this.key = key;
    this.agent = agent;
  }

  /**
   * What a host's access names, checked before anything is sent.
   *
   * @throws SshException with reason CREDENTIAL if it cannot be used
   */
  static Identities of(Host host, ClientOptions options) {
    SshAccess access = host.ssh();
    Optional<PrivateKey> key = PrivateKey.of(host);
    AgentIdentityRepository agent = access.agent() ? agent(host, options) : null;
    if (key.isEmpty() && agent == null && access.password().isEmpty()) {
      throw refuse(
          host,
          "neither a password nor a private key nor an agent is configured for user "
              + access.user(),
          null);
    }
    return new Identities(key, agent);
  }

  private static AgentIdentityRepository agent(Host host, ClientOptions options) {
    Path socket = options.agentSocket();
    if (socket == null) {
      throw refuse(host, "keys of the agent are asked for, but SSH_AUTH_SOCK is not set", null);
    }
    try {
      AgentIdentityRepository agent = new AgentIdentityRepository(new SSHAgentConnector(socket));
      if (agent.getStatus() == IdentityRepository.RUNNING && !agent.getIdentities().isEmpty()) {
        return agent;
      }
      throw refuse(
          host,
          "the agent at " + socket + " does not answer or has no key; look at: ssh-add -l",
          null);
    } catch (AgentProxyException | RuntimeException e) {
      throw e instanceof SshException known
          ? known
          : refuse(host, "the agent at " + socket + " cannot be asked: " + e.getMessage(), e);
    }
  }

  void addTo(JSch jsch) throws JSchException {
    if (key.isPresent()) {
      key.get().addTo(jsch);
    }
    if (agent != null) {
      Vector<Identity> all = new Vector<>(jsch.getIdentityRepository().getIdentities());
      all.addAll(agent.getIdentities());
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
