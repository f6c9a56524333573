package io.hawser.testkit;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;

/** What a suite of tests runs against. */
interface HasSubject {
  SshSubject subject();

  default CommandResult run(Command command) {
    return subject().client().run(subject().host(), command);
  }
}
