package io.hawser.testkit;

import io.hawser.Secret;
import io.hawser.cluster.SshAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * How to log in to embedded hosts. Made anew for each run: whoever can log in acts as the user of
 * this JVM.
 *
 * @param access what the controller offers
 * @param key the public key of its key file, if it offers that
 */
record HostLogin(SshAccess access, Optional<PublicKey> key) {
  /** A password. */
  static HostLogin password(String user, int port) {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    Secret password = Secret.of(Base64.getUrlEncoder().encodeToString(random));
    return new HostLogin(
        SshAccess.builder().user(user).port(port).password(password).build(), Optional.empty());
  }

  /** A private key in a file. */
  static HostLogin key(String user, int port, Path file) throws IOException {
    KeyPair pair = FreshKey.make();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "embedded hosts", null, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return new HostLogin(
        SshAccess.builder().user(user).port(port).keyFile(file.toString()).build(),
        Optional.of(pair.getPublic()));
  }

  /** The start of a server that lets this login in; a new one each time. */
  EmbeddedSshServer.Builder server() {
    EmbeddedSshServer.Builder server =
        EmbeddedSshServer.builder().user(access.user()).port(access.port());
    access.password().ifPresent(server::password);
    key.ifPresent(server::authorizedKey);
    return server;
  }
}
