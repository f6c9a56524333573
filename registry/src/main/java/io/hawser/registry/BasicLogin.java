package io.hawser.registry;

import io.hawser.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password, for the formats that want them apart. RFC 7617: the first colon ends the
 * user's name.
 */
record BasicLogin(String username, Secret password) {
  private static final String SCHEME = "Basic ";

  /**
   * What the header of an endpoint says; null when it has none.
   *
   * @throws IllegalArgumentException if the header is of another kind
   */
  static @Nullable BasicLogin of(Endpoint endpoint) {
    Secret header = endpoint.authorization();
    if (header == null) {
      return null;
    }
    String pair = decoded(endpoint, header.reveal());
    int colon = pair.indexOf(':');
    if (colon < 1) {
      throw notBasic(endpoint);
    }
    if (pair.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          endpoint.address()
              + ": the registry's user name or password holds a control character, which neither"
              + " HTTP nor a configuration file can carry; choose another");
    }
    return new BasicLogin(pair.substring(0, colon), Secret.of(pair.substring(colon + 1)));
  }

  private static String decoded(Endpoint endpoint, String header) {
    if (!header.startsWith(SCHEME)) {
      throw notBasic(endpoint);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Without the cause: it would quote the secret.
      throw notBasic(endpoint);
    }
  }

  private static IllegalArgumentException notBasic(Endpoint endpoint) {
    return new IllegalArgumentException(
        endpoint.address()
            + ": this way to the registry needs a user and a password; the endpoint's"
            + " authorization is not \"Basic\" with both in it");
  }
}
