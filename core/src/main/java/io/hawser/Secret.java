package io.hawser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: a password, a passphrase, a private key.
 *
 * <p>{@code toString()} is stars and the type is deliberately not serialisable, so that a secret
 * does not reach a log, a message or a report by accident. Only {@link #reveal()} gives the text.
 * Comparing takes the same time wherever two secrets differ. Immutable and thread-safe.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a text; the empty text is a valid secret. */
  public static Secret of(CharSequence value) {
    return new Secret(value.toString());
  }

  /** The text itself. Hand it to the one call that needs it and do not keep it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "******";
  }
}
