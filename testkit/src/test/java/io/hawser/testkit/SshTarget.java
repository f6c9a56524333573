package io.hawser.testkit;

import io.hawser.cluster.Host;
import java.io.Closeable;

/** A server for the contract tests, reached as the login user itself. */
interface SshTarget extends Closeable {
  /** How to reach it, with a key that it accepts. */
  Host host();

  /** Its true line for a known_hosts file. */
  String knownHostsLine();

  /** Cuts all connections and stops listening. */
  void stop();

  @Override
  void close();
}
