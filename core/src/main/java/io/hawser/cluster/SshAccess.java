package io.hawser.cluster;

import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to log in to a host: user, port and the credentials to offer, each at most once.
 *
 * <p>Only what is named here is offered to a host; no default key files are picked up. Immutable.
 */
public final class SshAccess {
  /** The port used when none is given: 22. */
  public static final int DEFAULT_PORT = 22;

  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  private final String user;
  private final int port;
  private final @Nullable Secret password;
  private final @Nullable String keyFile;
  private final @Nullable Secret keyData;
  private final @Nullable Secret passphrase;
  private final boolean agent;
  private final ImmutableSet<String> hostKeys;
  private final @Nullable Host jump;

  private SshAccess(Builder builder) {
    this.user = builder.user;
    this.port = builder.port;
    this.password = builder.password;
    this.keyFile = builder.keyFile;
    this.keyData = builder.keyData;
    this.passphrase = builder.passphrase;
    this.agent = builder.agent;
    this.hostKeys = builder.hostKeys;
    this.jump = builder.jump;
  }

  /** Starts with user {@code root}, port 22 and no credential. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with the values of this one. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.user = user;
    builder.port = port;
    builder.password = password;
    builder.keyFile = keyFile;
    builder.keyData = keyData;
    builder.passphrase = passphrase;
    builder.agent = agent;
    builder.hostKeys = hostKeys;
    builder.jump = jump;
    return builder;
  }

  /** The user to log in as; a user other than root needs sudo. */
  public String user() {
    return user;
  }

  /** The TCP port of sshd, 1 to 65535. */
  public int port() {
    return port;
  }

  /** The password, also used for sudo. */
  public Optional<Secret> password() {
    return Optional.ofNullable(password);
  }

  /** The file of the private key; a leading {@code ~/} means the home of the controller's user. */
  public Optional<String> keyFile() {
    return Optional.ofNullable(keyFile);
  }

  /** The private key itself, as text. It is used rather than the file when both are given. */
  public Optional<Secret> keyData() {
    return Optional.ofNullable(keyData);
  }

  /** The passphrase of the private key. */
  public Optional<Secret> passphrase() {
    return Optional.ofNullable(passphrase);
  }

  /**
   * Whether keys of the ssh-agent that {@code SSH_AUTH_SOCK} names are offered too. Where {@link
   * #keyFile()} or {@link #keyData()} is a public key, only that key of the agent is offered.
   */
  public boolean agent() {
    return agent;
  }

  /**
   * The fingerprints of the host keys that are trusted, as {@code SHA256:} and 43 characters. When
   * there are any, the host must show one of these keys, whatever known_hosts says.
   */
  public Set<String> hostKeys() {
    return hostKeys;
  }

  /**
   * The host through which this one is reached; it may have one of its own. Commands never run
   * there, and it needs no more than to allow TCP forwarding.
   */
  public Optional<Host> jump() {
    return Optional.ofNullable(jump);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SshAccess that
        && user.equals(that.user)
        && port == that.port
        && Objects.equals(password, that.password)
        && Objects.equals(keyFile, that.keyFile)
        && Objects.equals(keyData, that.keyData)
        && Objects.equals(passphrase, that.passphrase)
        && agent == that.agent
        && hostKeys.equals(that.hostKeys)
        && sameWay(jump, that.jump);
  }

  /** Two hosts are equal without regard to how to log in; for the way to a host that counts too. */
  private static boolean sameWay(@Nullable Host one, @Nullable Host other) {
    return Objects.equals(one, other)
        && (one == null || other == null || one.ssh().equals(other.ssh()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(user, port, keyFile, jump);
  }

  @Override
  public String toString() {
    return user + "@:" + port;
  }

  /** Collects the values of a {@link SshAccess}. Not thread-safe. */
  public static final class Builder {
    private String user = "root";
    private int port = DEFAULT_PORT;
    private @Nullable Secret password;
    private @Nullable String keyFile;
    private @Nullable Secret keyData;
    private @Nullable Secret passphrase;
    private boolean agent;
    private ImmutableSet<String> hostKeys = ImmutableSet.of();
    private @Nullable Host jump;

    private Builder() {}

    /** The user to log in as. */
    public Builder user(CharSequence user) {
      String text = user.toString();
      if (!text.matches("[A-Za-z_][A-Za-z0-9_.@\\\\-]{0,63}")) {
        throw new IllegalArgumentException("\"" + text + "\" is not a user name");
      }
      this.user = text;
      return this;
    }

    /** The port of sshd. */
    public Builder port(int port) {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
      }
      this.port = port;
      return this;
    }

    /** The password, or null for none. */
    public Builder password(@Nullable Secret password) {
      this.password = password;
      return this;
    }

    /** The private key's file on the controller, or null for none. */
    public Builder keyFile(@Nullable CharSequence keyFile) {
      this.keyFile = keyFile == null ? null : keyFile.toString();
      return this;
    }

    /** The private key's text, or null for none. */
    public Builder keyData(@Nullable Secret keyData) {
      this.keyData = keyData;
      return this;
    }

    /** The private key's passphrase, or null for none. */
    public Builder passphrase(@Nullable Secret passphrase) {
      this.passphrase = passphrase;
      return this;
    }

    /** Whether keys of the controller's ssh-agent are offered too; not unless asked for. */
    public Builder agent(boolean offered) {
      this.agent = offered;
      return this;
    }

    /**
     * The only host keys that are trusted, as fingerprints; an empty collection trusts what the
     * client's policy trusts.
     *
     * @param fingerprints as {@code ssh-keygen -lf} prints them, {@code SHA256:...}
     * @throws IllegalArgumentException if one is no SHA-256 fingerprint
     */
    public Builder hostKeys(Collection<? extends CharSequence> fingerprints) {
      ImmutableSet.Builder<String> copy = ImmutableSet.builder();
      for (Object given : fingerprints) {
        String text = String.valueOf(given);
        if (!FINGERPRINT.matcher(text).matches()) {
          throw new IllegalArgumentException(
              "\""
                  + text
                  + "\" is not a fingerprint like SHA256: and 43 characters, as ssh-keygen -lf"
                  + " prints it");
        }
        copy.add(text.replaceFirst("=$", ""));
      }
      this.hostKeys = copy.build();
      return this;
    }

    /** The host through which to reach this one, or null for a direct connection. */
    public Builder jump(@Nullable Host through) {
      this.jump = through;
      return this;
    }

    /** Makes the value. */
    public SshAccess build() {
      return new SshAccess(this);
    }
  }
}
