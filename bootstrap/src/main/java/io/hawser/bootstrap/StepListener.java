package io.hawser.bootstrap;

import io.hawser.report.HostResult;

/**
 * Hears of every row of a report as soon as it stands, for example to show how a run goes on.
 *
 * <p>Each row of the report that the call ends with is told once, and none after the call has
 * ended: those of a step as its hosts end, all of them before those of the next step. Those of one
 * run come one after the other, on the threads of the run, which wait meanwhile: return soon. What
 * a listener throws is logged once for each run and changes nothing else.
 */
@FunctionalInterface
public interface StepListener {
  /** A step has ended on a host, or was skipped there. */
  void onResult(HostResult result);
}
