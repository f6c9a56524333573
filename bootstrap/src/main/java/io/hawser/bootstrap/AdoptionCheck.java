package io.hawser.bootstrap;

/** Whether sealos brought the host up, and what becomes of that. */
final class AdoptionCheck implements Inspection {
  @Override
  public Finding inspect(InspectedHost host) {
    SealosTraces traces = host.traces();
    return traces.isRefused()
        ? Finding.failed(traces.fate()).advice(null, traces.hint())
        : Finding.ok(traces.fate());
  }
}
