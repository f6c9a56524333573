package io.hawser.registry;

import com.google.common.io.BaseEncoding;
import io.hawser.Secret;
import java.security.SecureRandom;
import java.util.Optional;

/** The secrets of one cluster that nobody chose: made when first asked for, then kept. */
final class GeneratedSecrets {
  /** 192 bits, 32 characters. */
  private static final int RANDOM_BYTES = 24;

  private final ClusterSecrets store;
  private final String cluster;
  private final SecureRandom random = new SecureRandom();

  /** The file that is known to let a user in: bcrypt is slow on purpose, and every replica asks. */
  private Secret admitting = Secret.of("");

  private Secret admitted = Secret.of("");

  GeneratedSecrets(ClusterSecrets store, String cluster) {
    this.store = store;
    this.cluster = cluster;
  }

  /** The password of the registry's user. */
  Secret password() {
    return kept("registry-password");
  }

  /** What the replicas sign upload states with; the same for all. */
  Secret httpSecret() {
    return kept("registry-http-secret");
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
