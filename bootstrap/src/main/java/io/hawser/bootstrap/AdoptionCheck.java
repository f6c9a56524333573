package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import io.hawser.report.Status;

/** Whether sealos brought the host up, and what becomes of that. */
record AdoptionCheck(Adoption adoption) implements PreflightCheck {
  @Override
  public String name() {
    return Adoption.NAME;
  }

  @Override
  public boolean appliesTo(Host host) {
    return true;
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    SealosTraces traces = adoption.look(access);
    Status status = traces.isRefused() ? Status.FAILED : Status.OK;
    HostResult row = HostResult.of(access.host().address(), name(), status, traces.fate());
    return traces.isRefused() ? row.advice(null, traces.hint()) : row;
  }
}
