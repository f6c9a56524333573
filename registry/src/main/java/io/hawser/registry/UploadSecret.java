package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.host.HostAccess;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code http.secret} of a registry, as its configuration on a host has it. A registry signs
 * the state of an upload with it, so one that is begun at one replica and goes on at another needs
 * the same on both; one without makes up its own at every start. Pulls do not need it. Immutable;
 * never shows the secret.
 *
 * <p>Format: configuration of CNCF distribution 2.x and 3.x, {@code http.secret}.
 */
public final class UploadSecret {
  /** What stands in the block {@code http}, up to the next line that is not indented. */
  private static final Pattern BLOCK = Pattern.compile("(?m)^http:(.*(?:\\R(?:[ \\t#].*)?)*)");

  private static final Pattern VALUE =
      Pattern.compile("(?m)(?:^|[{,])[ \\t]*\"?secret\"?:[ \\t]*(\"[^\"]*\"|'[^']*'|[^\\s,}#]*)");

  private final String value;

  private UploadSecret(String value) {
    this.value = value;
  }

  /**
   * That of a replica, from {@code registry_config.yml} in mode {@link RegistryMode#SEALOS}, which
   * is what the scripts of a rootfs write; empty when there is no configuration.
   */
  public static Optional<UploadSecret> on(HostAccess replica, RegistrySettings settings) {
    String file =
        settings.mode() == RegistryMode.SEALOS ? "/registry_config.yml" : ManagedRegistry.CONFIG;
    return replica.text(settings.configDirectory() + file).map(UploadSecret::of);
  }

  static UploadSecret of(Secret configuration) {
    Matcher block = BLOCK.matcher(configuration.reveal());
    Matcher found = VALUE.matcher(block.find() ? block.group(1) : "");
    String value = found.find() ? found.group(1) : "";
    boolean quoted = value.startsWith("\"") || value.startsWith("'");
    return new UploadSecret(quoted ? value.substring(1, value.length() - 1) : value);
  }

  /** Whether the configuration has one. */
  public boolean isGiven() {
    return !value.isEmpty();
  }

  /** Whether another registry has the same, and both have one. */
  public boolean isSameAs(UploadSecret other) {
    return isGiven() && value.equals(other.value);
  }

  @Override
  public String toString() {
    return isGiven() ? "***" : "none";
  }
}
