package io.hawser.ssh.hostkey;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.jcraft.jsch.JSch;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which algorithms of host keys to offer, best first: the server shows the first that it has. */
final class HostKeyAlgorithms {
  private static final List<String> PLAIN =
      ImmutableList.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");

  /** None of RSA: JSch would not tell the size of the key in time to refuse it. */
  private static final List<String> CERTIFICATES =
      ImmutableList.of(
          "ssh-ed25519-cert-v01@openssh.com",
          "ecdsa-sha2-nistp256-cert-v01@openssh.com",
          "ecdsa-sha2-nistp384-cert-v01@openssh.com",
          "ecdsa-sha2-nistp521-cert-v01@openssh.com");

  private HostKeyAlgorithms() {}

  /**
   * The list to offer.
   *
   * @param known types of keys that come first, so that a server with several shows a known one
   * @param refused types of keys that need not be shown again
   */
  static String offer(boolean certificates, Collection<String> known, Collection<String> refused) {
    Stream<String> signed =
        certificates && knowsCertificates() ? CERTIFICATES.stream() : Stream.empty();
    Stream<String> first = PLAIN.stream().filter(name -> known.contains(typeOf(name)));
    Stream<String> rest = PLAIN.stream().filter(name -> !known.contains(typeOf(name)));
    return Stream.concat(signed, Stream.concat(first, rest))
        .filter(name -> !refused.contains(typeOf(name)))
        .collect(joining(","));
  }

  private static String typeOf(String algorithm) {
    return algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm;
  }

  /** An older JSch on the class path does not check certificates. */
  private static boolean knowsCertificates() {
    try {
      Class.forName(
          "com.jcraft.jsch.JSchInvalidHostCertificateException",
          false,
          JSch.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
