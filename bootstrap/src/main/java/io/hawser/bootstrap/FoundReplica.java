package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.registry.RegistryLogins;
import io.hawser.registry.ReplicaService;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.function.Function;

/**
 * What was found on a registry host before its registry is changed.
 *
 * @param interrupted whether its registry serves, and the change would interrupt that
 * @param otherIdentity whether it would have another certificate then
 * @param exclusive whether nobody can use it both as it is and as it will be: it knows the user of
 *     its settings by another password, or goes from plain HTTP to TLS or back
 */
record FoundReplica(Host host, boolean interrupted, boolean otherIdentity, boolean exclusive) {

  /** Looks at several; of one that cannot be looked at the step itself tells later. */
  static List<FoundReplica> all(List<Host> hosts, InstallStep install, LockedHosts reach) {
    return all(hosts, install, reach::access, reach.reach().width());
  }

  /** The same without their locks, for plans. */
  static List<FoundReplica> all(
      List<Host> hosts, InstallStep install, Function<Host, HostAccess> access, int width) {
    return FanOut.map(hosts, width, host -> of(host, install, access));
  }

  private static FoundReplica of(
      Host host, InstallStep install, Function<Host, HostAccess> access) {
    FoundReplica[] found = {new FoundReplica(host, false, false, false)};
    HostStep.run(
        host.address(),
        install.name(),
        () -> {
          found[0] = look(access.apply(host), install);
          return HostResult.of(host.address(), install.name(), Status.OK, "looked");
        });
    return found[0];
  }

  private static FoundReplica look(HostAccess access, InstallStep install) {
    ReplicaService service = install.service(access);
    boolean interrupted = service.isInterrupted();
    return new FoundReplica(
        access.host(),
        interrupted,
        interrupted && service.changesIdentity(),
        RegistryLogins.of(install.registries()).changesPassword(access)
            || (interrupted && service.changesTransport()));
  }
}
