package io.hawser.ssh.runner;

import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.time.Duration;
import java.util.Optional;

/** Why a command did not even start although the login succeeded. */
final class StartFailure {
  private StartFailure() {}

  static SshException ended(
      Host host,
      WireCommand wire,
      boolean passwordSent,
      int status,
      OutputSink out,
      OutputSink err) {
    Optional<String> bySudo = wire.saidBySudo(err.noise());
    if (bySudo.isPresent() && status >= 0) {
      return SudoFailure.of(bySudo.get(), status, passwordSent).on(host, told(wire, bySudo.get()));
    }
    String said = said(wire, out, err);
    String how = status < 0 ? "the link ended" : "the login shell ended (status " + status + ")";
    return new SshException(
        host.address(),
        Reason.LINK,
        how
            + " before the command could start"
            + (said.isEmpty() ? "" : "; it printed: " + said)
            + (status < 0 ? "" : ". Hawser needs a login shell that can run /bin/sh"),
        null);
  }

  static SshException tooSlow(
      Host host, WireCommand wire, Duration limit, OutputSink out, OutputSink err) {
    Optional<String> bySudo = wire.saidBySudo(err.noise());
    String said = bySudo.map(text -> told(wire, text)).orElseGet(() -> said(wire, out, err));
    return new SshException(
        host.address(),
        bySudo.isPresent() ? Reason.SUDO : Reason.LINK,
        (bySudo.isPresent() ? "sudo" : "the login shell")
            + " did not start the command within "
            + Words.seconds(limit)
            + (said.isEmpty() ? "" : "; it printed: " + said),
        null);
  }

  static SshException sudoAskedAgain(Host host, WireCommand wire, String bySudo) {
    return SudoFailure.whenAskedAgain(bySudo).on(host, told(wire, bySudo));
  }

  static SshException unusableSudoPassword(Host host, int longest) {
    return new SshException(
        host.address(),
        Reason.CREDENTIAL,
        "sudo reads a password as one line of at most "
            + longest
            + " bytes, and that of user "
            + host.ssh().user()
            + " is longer or holds a line end; it was not sent",
        null);
  }

  private static String said(WireCommand wire, OutputSink out, OutputSink err) {
    return told(wire, err.noise().isBlank() ? out.noise() : err.noise());
  }

  /** What was printed as people are told it: without our own words. */
  private static String told(WireCommand wire, String text) {
    return Words.lastLines(text.replace(wire.ask(), "").replace(wire.marker(), ""));
  }
}
