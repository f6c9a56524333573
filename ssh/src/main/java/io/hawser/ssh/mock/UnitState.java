package io.hawser.ssh.mock;

import java.io.Serializable;

/**
 * A service of a host in memory.
 *
 * @param name its name without {@code .service}
 * @param enabled whether it starts with the host
 * @param active whether it runs
 * @param starts how often it was started
 */
public record UnitState(String name, boolean enabled, boolean active, int starts)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
