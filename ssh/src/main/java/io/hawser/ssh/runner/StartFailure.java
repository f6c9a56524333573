package io.hawser.ssh.runner;

import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.time.Duration;

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
    String said = said(wire, out, err);
    if (wire.sudo() && status >= 0) {
      return SudoFailure.of(said, status, passwordSent).on(host, said);
    }
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
    String said = said(wire, out, err);
    return new SshException(
        host.address(),
        wire.sudo() ? Reason.SUDO : Reason.LINK,
        (wire.sudo() ? "sudo" : "the login shell")
            + " did not start the command within "
            + Words.seconds(limit)
            + (said.isEmpty() ? "" : "; it printed: " + said),
        null);
  }

  static SshException wrongSudoPassword(Host host) {
    return SudoFailure.WRONG_PASSWORD.on(host, "");
  }

  private static String said(WireCommand wire, OutputSink out, OutputSink err) {
    String text = err.noise().isBlank() ? out.noise() : err.noise();
    return Words.lastLines(text.replace(wire.ask(), "").replace(wire.marker(), ""));
  }
}
