package io.hawser.host;

import java.io.Serializable;

/**
 * One thing that shall be so on a host, as data: the same list is shown by a plan, applied and
 * journalled by {@link HostAccess}, and undone from the journal. Paths are those that the host's
 * system sees; {@link HostAccess} puts the host's root in front.
 */
public sealed interface HostChange
    permits DirectoryChange,
        FileChange,
        LinkChange,
        BlockChange,
        UnitChange,
        CommandChange,
        TreeChange,
        WatchChange {
  /** What it is about: a path, a unit, or the name of a command. */
  String target();

  /** One line for people, without secrets. */
  String summary();

  /** How a change relates to what is on the host, or how applying it ended. */
  enum Outcome implements Serializable {
    /** The host is as wanted already. */
    SAME,
    /** The host was, or would be, changed. */
    CHANGED,
    /** Not applied; the message says why. Changes after it in the list were not tried. */
    FAILED,
    /** Undo only: left as it is, because somebody else changed it since. */
    KEPT
  }
}
