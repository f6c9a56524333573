package io.hawser.testkit;

import io.hawser.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** A throw-away EC key. */
final class TestKey {
  private final KeyPair pair;

  TestKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** Type and key, as in authorized_keys and, behind a name, in known_hosts. */
  String publicLine() {
    return PublicKeyEntry.toString(pair.getPublic());
  }

  /** The private key in OpenSSH's format. */
  Secret privateText() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", null, text);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return Secret.of(text.toString(StandardCharsets.US_ASCII));
  }
}
