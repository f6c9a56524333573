package io.hawser.ssh.mock;

import io.hawser.ssh.Command;

/** What a scripted command does to the files of its host, for example what a script installs. */
@FunctionalInterface
public interface HostEffect {
  /**
   * Changes the files.
   *
   * @param command the command that runs, with its arguments, environment and input
   * @param files the files of the host it runs on
   */
  void happen(Command command, MemoryFiles files);
}
