package io.hawser.bootstrap;

import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostAccess;

/** Whether Hawser did more on a host than to mount its images. */
final class Initialised {
  private Initialised() {}

  static boolean is(HostAccess access) {
    return access.journal().stream().anyMatch(entry -> !entry.owner().equals(RootfsTrees.OWNER));
  }
}
