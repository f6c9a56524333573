package io.hawser.ssh.jsch;

import com.google.common.collect.ImmutableMap;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.security.CodeSource;
import java.util.Map;

/**
 * Every setting of a session that matters for security or behaviour, from constants. JSch falls
 * back to a static table for what a session does not say, and anything in the JVM may have changed
 * that table; so names of algorithms and the classes behind them are both said here.
 */
final class SessionSettings {
  private static final String KEX =
      "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,"
          + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
          + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512";

  private static final String SIGNATURES =
      "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
          + "rsa-sha2-512,rsa-sha2-256";

  /** GCM with 128 bits first: the fastest by far where the processor knows AES. */
  private static final String CIPHERS =
      "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";

  private static final String MACS =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

  private static final ImmutableMap<String, String> CHOICES =
      ImmutableMap.<String, String>builder()
          .put("kex", KEX)
          .put("PubkeyAcceptedAlgorithms", SIGNATURES)
          .put("ca_signature_algorithms", SIGNATURES)
          .put("cipher.c2s", CIPHERS)
          .put("cipher.s2c", CIPHERS)
          .put("mac.c2s", MACS)
          .put("mac.s2c", MACS)
          .put("compression.c2s", "none")
          .put("compression.s2c", "none")
          .put("lang.c2s", "")
          .put("lang.s2c", "")
          .put("compression_level", "6")
          .put("max_input_buffer_size", "32768")
          .put("CheckKexes", "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org")
          .put("CheckSignatures", "")
          .put("CheckCiphers", "")
          .put("CheckMacs", "")
          .put("StrictHostKeyChecking", "yes")
          .put("HashKnownHosts", "no")
          .put("FingerprintHash", "sha256")
          .put("prefer_known_host_key_types", "no")
          .put("host_certificate_to_key_fallback", "no")
          .put("enable_strict_kex", "yes")
          .put("require_strict_kex", "no")
          .put("enable_server_sig_algs", "yes")
          .put("enable_ext_info_in_auth", "yes")
          .put("enable_auth_none", "yes")
          .put("enable_pubkey_auth_query", "yes")
          .put("try_additional_pubkey_algorithms", "yes")
          // gssapi would come first by default, and ask name services for minutes.
          .put("PreferredAuthentications", "publickey,keyboard-interactive,password")
          .put("MaxAuthTries", "1")
          .put("NumberOfPasswordPrompts", "1")
          .put("ClearAllForwardings", "yes")
          .buildOrThrow();

  private static final ImmutableMap<String, String> CLASSES =
      ImmutableMap.<String, String>builder()
          .put("mlkem768x25519-sha256", "DH25519MLKEM768")
          .put("curve25519-sha256", "DH25519")
          .put("curve25519-sha256@libssh.org", "DH25519")
          .put("ecdh-sha2-nistp256", "DHEC256")
          .put("ecdh-sha2-nistp384", "DHEC384")
          .put("ecdh-sha2-nistp521", "DHEC521")
          .put("diffie-hellman-group16-sha512", "DHG16")
          .put("diffie-hellman-group18-sha512", "DHG18")
          .put("mlkem768", "jce.MLKEM768")
          .put("ecdh-sha2-nistp", "jce.ECDHN")
          .put("xdh", "jce.XDH")
          .put("dh", "jce.DH")
          .put("random", "jce.Random")
          .put("sha-256", "jce.SHA256")
          .put("sha-384", "jce.SHA384")
          .put("sha-512", "jce.SHA512")
          .put("sha256", "jce.SHA256")
          .put("ssh-ed25519", "jce.SignatureEd25519")
          .put("ecdsa-sha2-nistp256", "jce.SignatureECDSA256")
          .put("ecdsa-sha2-nistp384", "jce.SignatureECDSA384")
          .put("ecdsa-sha2-nistp521", "jce.SignatureECDSA521")
          .put("rsa-sha2-256", "jce.SignatureRSASHA256")
          .put("rsa-sha2-512", "jce.SignatureRSASHA512")
          .put("aes128-gcm@openssh.com", "jce.AES128GCM")
          .put("aes256-gcm@openssh.com", "jce.AES256GCM")
          .put("aes128-ctr", "jce.AES128CTR")
          .put("aes192-ctr", "jce.AES192CTR")
          .put("aes256-ctr", "jce.AES256CTR")
          .put("hmac-sha2-256", "jce.HMACSHA256")
          .put("hmac-sha2-512", "jce.HMACSHA512")
          .put("hmac-sha2-256-etm@openssh.com", "jce.HMACSHA256ETM")
          .put("hmac-sha2-512-etm@openssh.com", "jce.HMACSHA512ETM")
          .put("userauth.none", "UserAuthNone")
          .put("userauth.publickey", "UserAuthPublicKey")
          .put("userauth.keyboard-interactive", "UserAuthKeyboardInteractive")
          .put("userauth.password", "UserAuthPassword")
          .buildOrThrow();

  private static final String PACKAGE = "com.jcraft.jsch.";

  private SessionSettings() {}

  /**
   * Sets them all.
   *
   * @param hostKeys the algorithms of host keys to offer, best first
   */
  static void apply(Session session, String hostKeys) {
    CHOICES.forEach(session::setConfig);
    session.setConfig("server_host_key", hostKeys);
    for (Map.Entry<String, String> entry : CLASSES.entrySet()) {
      String name = PACKAGE + entry.getValue();
      // An older JSch may lack one: then its own table has to say.
      if (isOfJsch(name)) {
        session.setConfig(entry.getKey(), name);
      }
    }
  }

  /** With an older JSch before a newer one a class may come from the other jar, and fail. */
  private static boolean isOfJsch(String name) {
    try {
      Class<?> found = Class.forName(name, false, JSch.class.getClassLoader());
      return place(found).equals(place(JSch.class));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? "" : String.valueOf(source.getLocation());
  }
}
