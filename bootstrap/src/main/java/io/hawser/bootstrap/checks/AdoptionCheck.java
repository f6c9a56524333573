package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.adoption.SealosTraces;
import io.hawser.bootstrap.preflight.Finding;

/** Whether sealos brought the host up, and what becomes of that. */
final class AdoptionCheck implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    SealosTraces traces = host.traces();
    return traces.isRefused()
        ? Finding.failed(traces.fate()).advice(null, traces.hint())
        : Finding.ok(traces.fate());
  }
}
