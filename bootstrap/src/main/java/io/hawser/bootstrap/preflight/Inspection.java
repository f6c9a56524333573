package io.hawser.bootstrap.preflight;

/** Answers the question of a {@link PreflightCheck} for one host. */
@FunctionalInterface
public interface Inspection {
  /**
   * Looks at a host that was reached, and at nothing else but what its {@link InspectedHost} gives;
   * changes nothing. Called on several threads at once, for one host each.
   *
   * @return what was found; what is thrown instead becomes the state "could not check", with why
   */
  Finding inspect(InspectedHost host);
}
