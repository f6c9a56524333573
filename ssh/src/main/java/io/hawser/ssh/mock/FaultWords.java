package io.hawser.ssh.mock;

import com.google.common.hash.Hashing;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.ShellQuote;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.runner.RefusedLogin;
import io.hawser.ssh.runner.SudoFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Why a host in memory cannot be used, in the words of the client over the network, so that a test
 * sees what its user will. The suites of the testkit hold both to the same words.
 */
final class FaultWords {
  private static final String KNOWN_HOSTS = "known_hosts";

  private FaultWords() {}

  static String of(Host host, Reason reason) {
    String port = "port " + host.ssh().port();
    return switch (reason) {
      case REFUSED ->
          "nothing listens on " + port + " (connection refused); is sshd running there?";
      case UNREACHABLE ->
          "no answer on " + port + " (Connect timed out); is the host up and the address right?";
      case LINK ->
          "the connection broke while waiting for the server's greeting and key exchange:"
              + " connection is closed by foreign host; does an SSH server listen on "
              + port
              + ", and does it (MaxStartups, a firewall, a ban) drop connections?";
      case UNKNOWN_HOST_KEY -> unknownKey(host);
      case CHANGED_HOST_KEY -> changedKey(host);
      case NEGOTIATION ->
          "no algorithm in common for cipher.c2s: Hawser offers aes128-gcm@openssh.com,aes128-ctr;"
              + " the server offers 3des-cbc. Weak algorithms are not offered: update or"
              + " reconfigure the server";
      case CREDENTIAL ->
          "neither a password nor a private key nor an agent is configured for user "
              + host.ssh().user();
      case AUTHENTICATION -> RefusedLogin.words(host.ssh(), "publickey,password");
      case SUDO -> sudo(SudoFailure.OTHER, host, "");
      case SUDO_WRONG_PASSWORD -> sudo(SudoFailure.WRONG_PASSWORD, host, "");
      case SUDO_NEEDS_PASSWORD ->
          sudo(SudoFailure.NEEDS_PASSWORD, host, "sudo: a password is required");
      case SUDO_NOT_ALLOWED ->
          sudo(SudoFailure.NOT_ALLOWED, host, host.ssh().user() + " is not in the sudoers file.");
      case SUDO_MISSING -> sudo(SudoFailure.MISSING, host, "sudo: not found");
      case SUDO_TTY -> sudo(SudoFailure.TTY, host, "sudo: sorry, you must have a tty to run sudo");
    };
  }

  private static String sudo(SudoFailure failure, Host host, String said) {
    return failure.words(host, said);
  }

  private static String unknownKey(Host host) {
    int port = host.ssh().port();
    return "its host key ssh-ed25519 "
        + fingerprint(host)
        + " is not in "
        + KNOWN_HOSTS
        + ". Compare it with what \"ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\" prints on"
        + " the host, then run: ssh-keyscan "
        + (port == SshAccess.DEFAULT_PORT ? "" : "-p " + port + " ")
        + host.address()
        + " >> "
        + KNOWN_HOSTS
        + "; or let new keys be learned with HostKeyPolicy.acceptNew (--accept-new-host-keys)";
  }

  private static String changedKey(Host host) {
    int port = host.ssh().port();
    String name =
        port == SshAccess.DEFAULT_PORT ? host.address() : "[" + host.address() + "]:" + port;
    return "its host key HAS CHANGED: it shows ssh-ed25519 "
        + fingerprint(host)
        + ", which is none of those known in "
        + KNOWN_HOSTS
        + ". Either somebody sits in between, or the host was set up anew. Nothing was sent to it."
        + " If it was set up anew: ssh-keygen -f "
        + KNOWN_HOSTS
        + " -R "
        + ShellQuote.forPeople(name)
        + ", then add the new key";
  }

  /** Looks like one and is the same every time. */
  private static String fingerprint(Host host) {
    byte[] digest =
        Hashing.sha256()
            .hashString("mock key of " + Endpoint.of(host), StandardCharsets.UTF_8)
            .asBytes();
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }
}
