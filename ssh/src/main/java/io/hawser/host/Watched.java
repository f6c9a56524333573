package io.hawser.host;

/**
 * One thing of which a pre-image is taken.
 *
 * @param group whose it is
 * @param kind what it is
 * @param name an absolute path, or the name of a unit
 */
public record Watched(Group group, Kind kind, String name) {
  /** Checks the name. */
  public Watched {
    if (!name.matches("[A-Za-z0-9/._:=,@+-]+")
        || (kind != Kind.SERVICE && kind != Kind.SWAP && !name.startsWith("/"))) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be watched");
    }
  }

  /** Whose a watched thing is. */
  public enum Group {
    /** A setting of the system itself, which {@link UndoOption#KEEP_SYSTEM_SETTINGS} leaves. */
    SYSTEM,
    /** Belongs to a program that the commands install or configure. */
    PROGRAM
  }

  /** What a watched thing is. */
  public enum Kind {
    /** A file or link. */
    FILE,
    /** A file in which Hawser has blocks of its own ({@link BlockChange}), which do not count. */
    BLOCKS,
    /** A directory with all that is in it. */
    DIRECTORY,
    /** Whether a systemd unit is enabled and runs. */
    SERVICE,
    /** Which swap areas are in use. */
    SWAP
  }

  /** The line for the agent. */
  String line() {
    return (group + " " + kind + " ").toLowerCase(java.util.Locale.ROOT) + name;
  }
}
