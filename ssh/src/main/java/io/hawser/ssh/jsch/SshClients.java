package io.hawser.ssh.jsch;

/** Placeholder until the JSch branch lands. */
public final class SshClients {
  private SshClients() {}
}
