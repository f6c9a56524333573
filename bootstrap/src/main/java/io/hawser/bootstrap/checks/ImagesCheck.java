package io.hawser.bootstrap.checks;

import io.hawser.HawserException;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostStep;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Whether what the images bring can be made for the host: programs of its architecture, links that
 * stay inside, templates that can be rendered.
 */
record ImagesCheck(Supplier<RootfsTrees> trees) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    try {
      trees.get().changes(host.host(), host.facts());
      return Finding.ok("they fit");
    } catch (HawserException | IllegalArgumentException | UncheckedIOException e) {
      return Finding.failed(HostStep.message(host.host().address(), e))
          .advice("spec.image, or what the message names", "use images that fit the host");
    }
  }
}
