package io.hawser.host;

/**
 * A systemd service is installed, enabled and running with this unit file; it is restarted when the
 * unit file changes. So that a changed configuration restarts it too, put a digest of the
 * configuration into a comment of the unit file.
 *
 * @param name the unit's name without {@code .service}
 * @param content the unit file
 */
public record UnitChange(String name, String content) implements HostChange {
  /** Checks the name. */
  public UnitChange {
    if (!name.matches("[A-Za-z0-9_.@-]+")) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a unit");
    }
  }

  /** Where the unit file lies on the host. */
  public String path() {
    return "/etc/systemd/system/" + name + ".service";
  }

  @Override
  public String target() {
    return name + ".service";
  }

  @Override
  public String summary() {
    return "service " + name + " installed, enabled and running";
  }
}
