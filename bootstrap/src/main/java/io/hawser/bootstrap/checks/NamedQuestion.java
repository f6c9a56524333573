package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.PreflightCheck;
import io.hawser.cluster.Host;
import java.util.function.Predicate;

/** A check, Hawser's own or one that was added, and the hosts that it is made of. */
record NamedQuestion(String name, Predicate<Host> filter, Question question) {
  static NamedQuestion of(PreflightCheck check) {
    return new NamedQuestion(check.name(), check::appliesTo, check::inspect);
  }
}
