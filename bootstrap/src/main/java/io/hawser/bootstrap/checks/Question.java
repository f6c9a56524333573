package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;

/**
 * What {@link io.hawser.bootstrap.preflight.Inspection} is to checks of others: the answer of one
 * of Hawser's own, which sees more of a host.
 */
@FunctionalInterface
interface Question {
  Finding inspect(ReachedHost host);
}
