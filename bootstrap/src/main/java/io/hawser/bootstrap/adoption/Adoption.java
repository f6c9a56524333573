package io.hawser.bootstrap.adoption;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.LinkChange;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds out which hosts sealos brought up before Hawser came, and whether they can be taken over. A
 * host counts as such when nothing but mounted trees stands in its journal and a line of its hosts
 * file, not ours, gives the registry's name to an address: sealos writes that on every host before
 * it runs any init script. From then on the journal remembers it.
 */
public record Adoption(Registries registries, RegistryMode mode) {
  /** Under this name it stands in plans, reports and journals. */
  public static final String NAME = "adopt";

  private static final String UNIT = "registry";

  /** What hosts of a call show. Only looks. */
  public Adopted look(List<Host> hosts, Function<? super Host, HostAccess> access, int width) {
    Map<Host, SealosTraces> found = new ConcurrentHashMap<>();
    List<HostResult> rows =
        FanOut.map(
            hosts,
            width,
            host ->
                HostStep.run(
                    host.address(),
                    NAME,
                    () -> {
                      found.put(host, look(access.apply(host)));
                      return HostResult.of(host.address(), NAME, Status.OK, "looked");
                    }));
    Map<Host, HostResult> unknown = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status().isFailure()) {
        unknown.put(hosts.get(i), rows.get(i));
      }
    }
    return new Adopted(found, unknown);
  }

  /** What one host shows. Only looks. */
  public SealosTraces look(HostAccess access) {
    List<JournalEntry> journal = access.journal();
    boolean known = journal.stream().anyMatch(entry -> entry.owner().equals(NAME));
    if (!known && (isOurs(journal) || !access.isNamedByOthers(domain()))) {
      return SealosTraces.NONE;
    }
    boolean ours = journal.stream().anyMatch(Adoption::isOfOurRegistry);
    if (ours || !registries.replicas().contains(access.host()) || !hasRegistry(access)) {
      return SealosTraces.MEMBER;
    }
    return mode == RegistryMode.SAFE ? inTheWay() : inPlace(access, known);
  }

  private String domain() {
    return registries.settings(registries.replicas().get(0)).domain();
  }

  private static boolean isOurs(List<JournalEntry> journal) {
    return journal.stream().anyMatch(entry -> !entry.owner().equals(RootfsTrees.OWNER));
  }

  /** Also when the script was begun only: whatever stands there then is its doing. */
  private static boolean isOfOurRegistry(JournalEntry entry) {
    return entry.kind().equals("command") && entry.target().equals("init-registry");
  }

  private static boolean hasRegistry(HostAccess access) {
    return systemctl(access, "is-active") || systemctl(access, "is-enabled");
  }

  private static boolean systemctl(HostAccess access, String question) {
    return access.run(Command.of("systemctl", question, "--quiet", UNIT)).succeeded();
  }

  private SealosTraces inTheWay() {
    int port = registries.settings(registries.replicas().get(0)).port();
    return SealosTraces.refused(
        "the registry that sealos installed here, registry.service, has port "
            + port
            + ", which the one of mode SAFE would need",
        "use mode SEALOS, which makes it one of the replicas, or place the registries on other"
            + " hosts (docs/adopting.md)");
  }

  private SealosTraces inPlace(HostAccess access, boolean known) {
    if (known) {
      return SealosTraces.REGISTRY; // whether it serves is proven later
    }
    if (!systemctl(access, "is-active")) {
      return SealosTraces.refused(
          "the registry that sealos installed here, registry.service, does not run",
          "on the host: systemctl start registry; or place the registries on other hosts");
    }
    List<? extends HostChange> links =
        registries.installChanges(access.host(), access.facts()).stream()
            .filter(LinkChange.class::isInstance)
            .toList();
    for (ChangeResult link : access.compare(links)) {
      if (link.outcome() != HostChange.Outcome.SAME) {
        return SealosTraces.refused(
            "the registry that runs here does not keep its data where sealos does: "
                + link.target()
                + " is not the link to the rootfs's directory registry",
            "say where they are by spec.env registryData, or place the registries on other hosts");
      }
    }
    return SealosTraces.REGISTRY;
  }
}
