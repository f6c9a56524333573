package io.hawser.ssh.hostkey;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.hawser.cluster.Host;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.hostkey.KnownKeys.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one login whether the host's key is trusted. JSch is told to be strict and asks here;
 * a new key that the policy lets us learn has been written before the answer is given, so that JSch
 * never has to add or replace anything.
 *
 * <p>A login may take several connections, none of which sends a credential before the key is
 * trusted: a host shows one key per connection, and the pinned one may be another.
 *
 * <p>What a certificate says JSch checks by itself: signature, kind, time and names. From here it
 * gets only the authorities that OpenSSH would take for this host, because JSch knows neither
 * hashed names nor exceptions.
 */
public final class HostKeyCheck implements HostKeyRepository {
  private final HostKeyPolicy policy;
  private final Host host;
  private final String name;
  private final HostKeyWords words;
  private final Set<PublicKeyBlob> notPinned = new LinkedHashSet<>();
  private Runnable onTrusted = () -> {};
  private boolean askedForAuthorities;
  private boolean plainOnly;
  private boolean mayLearn;
  private @Nullable SshException refusal;
  private @Nullable SshException earlier;
  private boolean triesOn;

  /** Makes the check of one login. */
  public HostKeyCheck(HostKeyPolicy policy, Host host) {
    this.policy = policy;
    this.host = host;
    int port = host.ssh().port();
    this.name = port == 22 ? host.address() : "[" + host.address() + "]:" + port;
    this.words = new HostKeyWords(host, policy.knownHosts());
    this.mayLearn = policy.learns();
  }

  /**
   * Begins a connection.
   *
   * @param trusted called when the key is trusted and credentials are about to be sent
   * @return the algorithms of host keys to offer, as JSch wants them
   */
  public synchronized String begin(Runnable trusted) {
    onTrusted = trusted;
    earlier = refusal == null ? earlier : refusal;
    refusal = null;
    triesOn = false;
    askedForAuthorities = false;
    return algorithms();
  }

  private String algorithms() {
    Set<String> refused = new LinkedHashSet<>();
    notPinned.forEach(key -> refused.add(key.type()));
    try {
      KnownKeys known = read();
      // A revoked authority counts only in a certificate, so the host has to show that.
      boolean marks = !known.authorities().isEmpty() || !known.revoked().isEmpty();
      boolean certificates = marks && !plainOnly && pins().isEmpty();
      return HostKeyAlgorithms.offer(certificates, known.types(), refused);
    } catch (IOException e) {
      return HostKeyAlgorithms.offer(false, Set.of(), refused); // the check reports it
    }
  }

  /** Whether another connection may end otherwise, after one was refused. */
  public synchronized boolean triesOn() {
    return triesOn;
  }

  /**
   * Why the key was refused, if it was.
   *
   * @param failure what JSch threw
   */
  public synchronized Optional<SshException> refusal(Throwable failure) {
    if (refusal == null) {
      Optional<CertificateFailure> certificate = CertificateFailure.of(failure);
      if (certificate.isPresent()) {
        refuse(certificate.get());
      } else if (failure instanceof JSchAlgoNegoFailException) {
        refusal = earlier; // the host has no other key to show
      }
    }
    return Optional.ofNullable(refusal);
  }

  private void refuse(CertificateFailure certificate) {
    String text = words.certificate(certificate.reason());
    if (certificate.revoked()) {
      refusal = exception(Reason.CHANGED_HOST_KEY, text, certificate.cause());
      return;
    }
    refusal = exception(Reason.UNKNOWN_HOST_KEY, text, certificate.cause());
    // As in OpenSSH its plain key may be known. But one that comes with a bad certificate of a
    // known authority is no new host.
    mayLearn &= certificate.unknownAuthority();
    triesOn = !plainOnly && plainKeyMayDo();
    plainOnly = true;
  }

  private boolean plainKeyMayDo() {
    try {
      KnownKeys known = read();
      // JSch refuses what is no certificate of a host before it looks who signed it.
      boolean signerMayBeRevoked = !askedForAuthorities && !known.revoked().isEmpty();
      return !signerMayBeRevoked && (mayLearn || !known.types().isEmpty());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized int check(String ignored, byte[] bytes) {
    Optional<PublicKeyBlob> key = PublicKeyBlob.of(bytes);
    if (key.isEmpty()) {
      return refuse(Reason.NEGOTIATION, words.unreadable());
    }
    try {
      return check(key.get());
    } catch (IOException e) {
      refusal =
          exception(Reason.UNKNOWN_HOST_KEY, words.unusable(String.valueOf(e.getMessage())), e);
      return NOT_INCLUDED;
    }
  }

  private int check(PublicKeyBlob key) throws IOException {
    Verdict verdict = read().of(key);
    if (verdict == Verdict.REVOKED) {
      return refuse(Reason.CHANGED_HOST_KEY, words.revoked(key));
    }
    if (key.isWeak()) {
      return refuse(Reason.NEGOTIATION, words.weak(key));
    }
    if (!pins().isEmpty()) {
      return checkPinned(key);
    }
    if (verdict == Verdict.UNKNOWN && mayLearn) {
      KnownHostsFile file = new KnownHostsFile(policy.knownHosts().get(0));
      verdict = file.learn(policy.knownHosts(), name, key);
    }
    return switch (verdict) {
      case KNOWN -> trust();
      case UNKNOWN -> refuse(Reason.UNKNOWN_HOST_KEY, words.unknown(key));
      case CHANGED -> refuse(Reason.CHANGED_HOST_KEY, words.changed(name, key));
      case REVOKED -> refuse(Reason.CHANGED_HOST_KEY, words.revoked(key));
    };
  }

  private int checkPinned(PublicKeyBlob key) {
    if (pins().contains(key.fingerprint())) {
      return trust();
    }
    boolean again = notPinned.stream().anyMatch(shown -> shown.type().equals(key.type()));
    notPinned.add(key);
    triesOn = !again && !algorithms().isEmpty();
    return refuse(Reason.CHANGED_HOST_KEY, words.notPinned(notPinned));
  }

  private int trust() {
    onTrusted.run();
    return OK;
  }

  private int refuse(Reason reason, String message) {
    String before = earlier == null || !plainOnly ? "" : "; before that, " + earlier.getMessage();
    refusal = exception(reason, message + before, null);
    return reason == Reason.CHANGED_HOST_KEY ? CHANGED : NOT_INCLUDED;
  }

  private SshException exception(Reason reason, String message, @Nullable Throwable cause) {
    return new SshException(host.address(), reason, message, cause);
  }

  private Set<String> pins() {
    return host.ssh().hostKeys();
  }

  private KnownKeys read() throws IOException {
    return KnownKeys.read(policy.knownHosts(), name);
  }

  /**
   * JSch asks for all keys when, and only when, it checks a certificate; that takes no time, and
   * what happens after it is the login.
   */
  @Override
  public synchronized HostKey[] getHostKey() {
    askedForAuthorities = true;
    onTrusted.run();
    try {
      KnownKeys known = read();
      List<HostKey> keys = new ArrayList<>();
      for (PublicKeyBlob authority : known.authorities()) {
        keys.add(marked("@cert-authority", authority));
      }
      for (PublicKeyBlob revoked : known.revoked()) {
        keys.add(marked("@revoked", revoked));
        keys.add(marked("@cert-authority", revoked)); // JSch looks for revoked ones among these
      }
      return keys.toArray(new HostKey[0]);
    } catch (IOException | JSchException e) {
      return new HostKey[0]; // which trusts no authority
    }
  }

  private static HostKey marked(String marker, PublicKeyBlob key) throws JSchException {
    return new HostKey(marker, "*", HostKey.UNKNOWN, key.bytes(), null);
  }

  /** JSch asks for revoked keys when the check has said that a key is trusted: it is not. */
  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    return new HostKey[0];
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return words.files();
  }

  /** Never asked for, since JSch is told to be strict. */
  @Override
  public void add(HostKey key, UserInfo user) {}

  @Override
  public void remove(String host, String type) {}

  @Override
  public void remove(String host, String type, byte[] key) {}
}
