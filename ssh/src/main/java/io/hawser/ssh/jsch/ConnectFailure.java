package io.hawser.ssh.jsch;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.runner.RefusedLogin;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What JSch's exceptions mean, in words that say what was tried, why it failed and what to do. */
final class ConnectFailure {
  private static final Pattern REFUSED =
      Pattern.compile("Auth (?:fail|cancel)(?: for methods '(.*)')?");
  private static final int TOO_MANY_FAILURES = 2; // OpenSSH sends "protocol error" with these words
  private static final int NO_MORE_METHODS = 14;

  private ConnectFailure() {}

  static SshException ofTcp(Host host, IOException cause) {
    String port = "port " + host.ssh().port();
    if (cause instanceof NoRouteToHostException || cause instanceof SocketTimeoutException) {
      return make(
          host,
          Reason.UNREACHABLE,
          "no answer on "
              + port
              + " ("
              + cause.getMessage()
              + "); is the host up and the address"
              + " right?",
          cause);
    }
    if (cause instanceof ConnectException
        && String.valueOf(cause.getMessage()).contains("refused")) {
      return make(
          host,
          Reason.REFUSED,
          "nothing listens on " + port + " (connection refused); is sshd running there?",
          cause);
    }
    return make(
        host, Reason.UNREACHABLE, "cannot connect to " + port + ": " + cause.getMessage(), cause);
  }

  static SshException of(
      Host host, ConnectAttempt.Phase phase, Throwable cause, @Nullable Throwable loginFailure) {
    if (cause instanceof JSchAlgoNegoFailException mismatch) {
      return make(
          host,
          Reason.NEGOTIATION,
          "no algorithm in common for "
              + mismatch.getAlgorithmName()
              + ": Hawser offers "
              + mismatch.getJSchProposal()
              + "; the server offers "
              + mismatch.getServerProposal()
              + ". Weak algorithms are not offered: update or reconfigure the server",
          cause);
    }
    if (phase != ConnectAttempt.Phase.LOGIN) {
      return make(
          host,
          Reason.LINK,
          "the connection broke while "
              + phase.words
              + ": "
              + detail(cause)
              + "; does an SSH server listen on port "
              + host.ssh().port()
              + ", and does it (MaxStartups, a firewall, a ban) drop connections?",
          cause);
    }
    return login(host, cause, loginFailure);
  }

  private static SshException login(Host host, Throwable cause, @Nullable Throwable loginFailure) {
    if (cause instanceof JSchSessionDisconnectException end
        && (end.getReasonCode() == TOO_MANY_FAILURES || end.getReasonCode() == NO_MORE_METHODS)) {
      return refused(host, "", cause);
    }
    Matcher matcher = REFUSED.matcher(String.valueOf(cause.getMessage()));
    if (loginFailure == null && matcher.matches()) {
      String methods = matcher.group(1);
      return refused(host, methods == null ? "" : methods, cause);
    }
    Throwable real = loginFailure == null ? cause : loginFailure;
    return make(host, Reason.LINK, "the connection broke while logging in: " + detail(real), real);
  }

  private static SshException refused(Host host, String methods, Throwable cause) {
    String words = RefusedLogin.words(host.ssh(), methods);
    return make(host, Reason.AUTHENTICATION, words, cause);
  }

  private static String detail(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    return text.replaceFirst("^Session.connect: ", "").replaceFirst("^java\\.[a-z.]*\\.", "");
  }

  private static SshException make(Host host, Reason reason, String message, Throwable cause) {
    return new SshException(host.address(), reason, message, cause);
  }
}
