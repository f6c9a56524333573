package io.hawser.registry;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The secrets of one cluster that nobody chose: made when first asked for, then kept. */
final class GeneratedSecrets {
  static final String PASSWORD = "registry-password";

  /** Who pulls when nobody said another name. */
  static final String USER = "hawser";

  /** 192 bits, 32 characters. */
  private static final int RANDOM_BYTES = 24;

  private static final int MARK_LETTERS = 8;

  private final ClusterSecrets store;
  private final String cluster;
  private final CertificateAuthority authority;
  private final ServerCertificates servers;
  private final SecureRandom random = new SecureRandom();

  /** The file that is known to let a user in: bcrypt is slow on purpose, and every replica asks. */
  private Secret admitting = Secret.of("");

  private Secret admitted = Secret.of("");

  GeneratedSecrets(ClusterSecrets store, String cluster, Clock clock) {
    this.store = store;
    this.cluster = cluster;
    this.authority = new CertificateAuthority(store, cluster, clock);
    this.servers = new ServerCertificates(store, cluster, authority, clock);
  }

  /** The password of the registry's user. */
  Secret password() {
    return kept(PASSWORD);
  }

  /** Puts another password in its place; the next run gives it to all hosts. */
  void renewPassword() {
    store.put(cluster, PASSWORD, random());
  }

  /**
   * The user of a generated password. Each password has its own, since a registry knows one
   * password for each user: so it can admit the old and the new while nodes are told. Of the
   * password it tells nothing to who does not have the store.
   */
  String username(Secret password) {
    byte[] key = httpSecret().reveal().getBytes(StandardCharsets.UTF_8);
    String mark =
        Hashing.hmacSha256(key).hashString(password.reveal(), StandardCharsets.UTF_8).toString();
    return USER + "-" + mark.substring(0, MARK_LETTERS);
  }

  /** What the replicas sign upload states with; the same for all. */
  Secret httpSecret() {
    return kept("registry-http-secret");
  }

  /** What a text is known by again to who has the store; of the text it tells nobody anything. */
  String mark(Secret text) {
    byte[] key = httpSecret().reveal().getBytes(StandardCharsets.UTF_8);
    // Not to be mistaken for the mark of a password, which everybody sees.
    return Hashing.hmacSha256(key)
        .hashString("plan\0" + text.reveal(), StandardCharsets.UTF_8)
        .toString();
  }

  /** The certificate by which clients know the replicas, in PEM. */
  String caCertificate() {
    return authority.current().certificatePem();
  }

  /** What a replica serves TLS with: its certificate and its key, in PEM. */
  Secret serverCertificate(Host replica, RegistrySettings settings) {
    return servers.of(replica, settings.domain());
  }

  /**
   * The password file of the registries. It is kept as a whole, with its random salt, so that a
   * second run writes the same bytes. A salt derived from the password would do that too, but it
   * would stand in the file and let a guess be checked by one SHA-256 instead of one bcrypt.
   */
  Secret htpasswd(RegistrySettings settings) {
    synchronized (this) {
      Secret user = Secret.of(settings.username() + ":" + settings.password().reveal());
      Optional<Secret> there = store.get(cluster, "registry-htpasswd");
      boolean known = admitted.equals(user) && there.filter(admitting::equals).isPresent();
      if (!known && there.filter(file -> Htpasswd.admits(file, settings)).isEmpty()) {
        byte[] salt = new byte[Htpasswd.SALT_BYTES];
        random.nextBytes(salt);
        there = Optional.of(Htpasswd.of(settings, salt));
        store.put(cluster, "registry-htpasswd", there.get());
      }
      admitting = there.orElseThrow();
      admitted = user;
      return admitting;
    }
  }

  private Secret kept(String name) {
    Optional<Secret> there = store.get(cluster, name);
    return there.isPresent() ? there.get() : store.putIfAbsent(cluster, name, random());
  }

  private Secret random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Secret.of(BaseEncoding.base64Url().omitPadding().encode(bytes));
  }
}
