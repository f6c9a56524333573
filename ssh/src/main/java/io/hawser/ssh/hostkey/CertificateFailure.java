package io.hawser.ssh.hostkey;

import java.util.Arrays;
import java.util.Optional;

/**
 * That JSch refused a host's certificate. Some of the reasons have exceptions of their own, others
 * only a place where they are thrown.
 */
record CertificateFailure(
    String reason, boolean revoked, boolean unknownAuthority, Throwable cause) {

  static Optional<CertificateFailure> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String type = cause.getClass().getSimpleName();
      if (type.contains("Certificate") || comesFromTheCheck(cause)) {
        return Optional.of(
            new CertificateFailure(
                words(cause), type.contains("RevokedHostKey"), type.contains("UnknownCA"), cause));
      }
    }
    return Optional.empty();
  }

  private static boolean comesFromTheCheck(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("com.jcraft.jsch.OpenSshCertificate"));
  }

  /** A certificate's texts are the server's, so that they could hold anything. */
  private static String words(Throwable cause) {
    return String.valueOf(cause.getMessage())
        .replaceFirst("(?i)^rejected HostKey: ", "")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
