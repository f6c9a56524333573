package io.hawser.ssh.hostkey;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.ShellQuote;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one connection whether the host's key is trusted. JSch is told to be strict and asks
 * here; a new key that the policy lets us learn has been written before the answer is given, so
 * that JSch never has to add or replace anything.
 */
public final class HostKeyCheck implements HostKeyRepository {
  private final HostKeyPolicy policy;
  private final String host;
  private final int port;
  private final Runnable onTrusted;
  private volatile @Nullable SshException refusal;

  /**
   * Makes the check of one connection.
   *
   * @param onTrusted called before the login begins, when the key is trusted
   */
  public HostKeyCheck(HostKeyPolicy policy, String host, int port, Runnable onTrusted) {
    this.policy = policy;
    this.host = host;
    this.port = port;
    this.onTrusted = onTrusted;
  }

  /** Why the key was refused, if it was. */
  public @Nullable SshException refusal() {
    return refusal;
  }

  @Override
  public int check(String name, byte[] key) {
    try {
      String type = new HostKey(name, key).getType();
      KnownKeys known = KnownKeys.read(policy.knownHosts(), name);
      KnownKeys.Verdict verdict = known.of(key);
      if (verdict == KnownKeys.Verdict.UNKNOWN && policy.learns()) {
        KnownHostsFile file = new KnownHostsFile(policy.knownHosts().get(0));
        verdict = file.learn(policy.knownHosts(), name, type, key);
      }
      return answer(verdict, name, type, key);
    } catch (IOException | JSchException e) {
      refusal =
          new SshException(
              host,
              Reason.UNKNOWN_HOST_KEY,
              "the known host keys cannot be used: " + e.getMessage() + "; look at " + files(),
              e);
      return NOT_INCLUDED;
    }
  }

  private int answer(KnownKeys.Verdict verdict, String name, String type, byte[] key) {
    if (verdict == KnownKeys.Verdict.KNOWN) {
      onTrusted.run();
      return OK;
    }
    if (verdict == KnownKeys.Verdict.UNKNOWN) {
      refusal = refuse(Reason.UNKNOWN_HOST_KEY, unknown(type, key));
      return NOT_INCLUDED;
    }
    boolean revoked = verdict == KnownKeys.Verdict.REVOKED;
    refusal =
        refuse(Reason.CHANGED_HOST_KEY, revoked ? revoked(type, key) : changed(name, type, key));
    return CHANGED;
  }

  private String revoked(String type, byte[] key) {
    return "its "
        + type
        + " host key "
        + fingerprint(key)
        + " is marked @revoked in "
        + files()
        + ": do not trust whoever answers there";
  }

  private String unknown(String type, byte[] key) {
    String portOption = port == 22 ? "" : "-p " + port + " ";
    return "its "
        + type
        + " host key "
        + fingerprint(key)
        + " is not in "
        + files()
        + ". Compare it with what \"ssh-keygen -lf /etc/ssh/ssh_host_"
        + type.replaceAll("ssh-|-sha2.*", "")
        + "_key.pub\" prints on the host, then run: ssh-keyscan "
        + portOption
        + host
        + " >> "
        + firstFile()
        + "; or let new keys be learned with HostKeyPolicy.acceptNew (--accept-new-host-keys)";
  }

  private String changed(String name, String type, byte[] key) {
    return "its host key HAS CHANGED: it shows "
        + type
        + " "
        + fingerprint(key)
        + ", which is none of those known in "
        + files()
        + ". Either somebody sits in between, or the host was set up anew. Nothing was sent to it."
        + " If it was set up anew: ssh-keygen -f "
        + firstFile()
        + " -R "
        + ShellQuote.forPeople(name)
        + ", then add the new key";
  }

  private String firstFile() {
    return policy.knownHosts().isEmpty()
        ? "known_hosts"
        : ShellQuote.forPeople(policy.knownHosts().get(0).toString());
  }

  private String files() {
    return policy.knownHosts().isEmpty()
        ? "any known_hosts file (none is named)"
        : policy.knownHosts().stream().map(Path::toString).collect(Collectors.joining(" or "));
  }

  private SshException refuse(Reason reason, String message) {
    return new SshException(host, reason, message, null);
  }

  /** The fingerprint as OpenSSH prints it. */
  static String fingerprint(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return files();
  }

  /** JSch asks for these to prefer the types of key that are known. */
  @Override
  public HostKey[] getHostKey() {
    return getHostKey(port == 22 ? host : "[" + host + "]:" + port, null);
  }

  @Override
  public HostKey[] getHostKey(@Nullable String name, @Nullable String type) {
    if (name == null) {
      return getHostKey();
    }
    try {
      List<HostKey> keys = KnownKeys.read(policy.knownHosts(), name).all();
      return keys.stream()
          .filter(key -> type == null || key.getType().equals(type))
          .toArray(HostKey[]::new);
    } catch (IOException e) {
      return new HostKey[0]; // the check itself reports it
    }
  }

  /** Never asked for, since JSch is told to be strict. */
  @Override
  public void add(HostKey key, UserInfo user) {}

  @Override
  public void remove(String name, String type) {}

  @Override
  public void remove(String name, String type, byte[] key) {}
}
