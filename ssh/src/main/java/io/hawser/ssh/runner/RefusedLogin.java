package io.hawser.ssh.runner;

import io.hawser.cluster.SshAccess;
import java.util.ArrayList;
import java.util.List;

/** What is said of a login that a server refused. */
public final class RefusedLogin {
  private RefusedLogin() {}

  /**
   * Who was refused with what, and where to look.
   *
   * @param methods by which the server lets users in, as it tells them; empty when it did not
   */
  public static String words(SshAccess access, String methods) {
    List<String> tried = new ArrayList<>();
    if (access.keyData().isPresent() || access.keyFile().isPresent()) {
      tried.add("the private key" + access.keyFile().map(file -> " " + file).orElse(""));
    }
    if (access.agent()) {
      tried.add("the keys of the agent");
    }
    if (access.password().isPresent()) {
      tried.add("the password");
    }
    return "user "
        + access.user()
        + " was refused; tried "
        + (tried.isEmpty()
            ? "nothing, since no credential is configured"
            : String.join(" and ", tried))
        + (methods.isEmpty() ? "" : "; the server accepts: " + methods)
        + ". Check the credential, and on the host PermitRootLogin, PasswordAuthentication and"
        + " authorized_keys";
  }
}
