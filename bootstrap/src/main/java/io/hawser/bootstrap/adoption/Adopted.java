package io.hawser.bootstrap.adoption;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the hosts of a call showed of sealos before it began.
 *
 * @param found by host
 * @param unknown a row for each host that could not be looked at
 */
public record Adopted(Map<Host, SealosTraces> found, Map<Host, HostResult> unknown) {
  /** Nobody looked. */
  public static final Adopted NOTHING = new Adopted(Map.of(), Map.of());

  /** What a host showed; no traces when nobody looked there. */
  public SealosTraces of(Host host) {
    return found.getOrDefault(host, SealosTraces.NONE);
  }

  /** Whether sealos ran the init scripts there. */
  public boolean isMember(Host host) {
    return of(host).member();
  }

  /** Whether the registry that serves there is sealos's. */
  public boolean hasRegistry(Host host) {
    return of(host).registry();
  }

  /** A row for each when one of them cannot be taken over: then none is begun with. */
  public List<HostResult> refusal(List<Host> hosts) {
    String who =
        hosts.stream()
            .filter(host -> of(host).isRefused())
            .map(Host::address)
            .collect(Collectors.joining(", "));
    return who.isEmpty() ? List.of() : hosts.stream().map(host -> row(host, who)).toList();
  }

  private HostResult row(Host host, String refused) {
    SealosTraces traces = of(host);
    return traces.isRefused()
        ? HostResult.of(host.address(), Adoption.NAME, Status.FAILED, traces.problem())
            .advice(null, traces.hint())
        : HostResult.of(
            host.address(),
            Adoption.NAME,
            Status.SKIPPED,
            "nothing was begun, because " + refused + " cannot be taken over as it is");
  }
}
