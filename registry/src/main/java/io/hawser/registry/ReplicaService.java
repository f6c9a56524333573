package io.hawser.registry;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStateException;
import io.hawser.host.UnitChange;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import java.util.List;
import java.util.Optional;

/**
 * What the install changes of a replica in mode {@link RegistryMode#SAFE} do to its service while
 * it runs. It reads its configuration and its certificate when it starts, and its password file at
 * any time.
 */
public final class ReplicaService {
  private final HostAccess replica;
  private final List<HostChange> changes;
  private final Supplier<List<ChangeResult>> compared;
  private final Optional<UnitChange> unit;

  private ReplicaService(HostAccess replica, List<HostChange> changes) {
    this.replica = replica;
    this.changes = List.copyOf(changes);
    this.compared = Suppliers.memoize(() -> replica.compare(this.changes));
    this.unit =
        changes.stream()
            .filter(UnitChange.class::isInstance)
            .map(UnitChange.class::cast)
            .findFirst();
  }

  /**
   * The service on a replica, and what it shall be.
   *
   * @param changes as {@link RegistryLogins#installChanges} gives them
   */
  public static ReplicaService of(HostAccess replica, List<HostChange> changes) {
    return new ReplicaService(replica, changes);
  }

  /** Whether the service runs, and the changes would interrupt it. */
  public boolean isInterrupted() {
    return unit.isPresent() && (differs(unit.get()) || startsOtherwise()) && runs(unit.get());
  }

  /** Whether it would show another certificate than now. */
  public boolean changesIdentity() {
    return changes.stream()
        .filter(change -> change.target().endsWith(ManagedRegistry.IDENTITY))
        .anyMatch(this::differs);
  }

  /**
   * Whether it would go from plain HTTP to TLS, or back: who knows it as it is cannot use it then.
   */
  public boolean changesTransport() {
    for (HostChange change : changes) {
      if (change instanceof FileChange file && file.path().endsWith(ManagedRegistry.CONFIG)) {
        boolean tls = ConfigFile.speaksTls(file.content());
        return replica
            .text(file.path())
            .filter(there -> ConfigFile.speaksTls(there) != tls)
            .isPresent();
      }
    }
    return false;
  }

  /**
   * Applies the changes, under the name that belongs to registries in journals. A service that runs
   * with files that somebody changed behind it, under the right unit file, is stopped first: so it
   * is started with the right ones, also by the next run when this one dies in between.
   */
  public List<ChangeResult> install() {
    Optional<UnitChange> stale = stoppedFirst();
    if (stale.isPresent()) {
      String name = stale.get().name();
      CommandResult stopped = replica.run(Command.of("systemctl", "stop", name));
      if (!stopped.succeeded()) {
        throw new HostStateException(
            replica.host().address(),
            name
                + " has to read files anew that were changed on the host, and did not stop: "
                + stopped.exit()
                + "; on the host, look at: systemctl status "
                + name);
      }
    }
    return replica.apply(Distribution.OWNER, changes);
  }

  /** The service that {@link #install} stops before it applies the changes, if it does. */
  public Optional<UnitChange> stoppedFirst() {
    return unit.filter(service -> !differs(service) && startsOtherwise());
  }

  /** Whether a file that it reads when it starts is another one. */
  private boolean startsOtherwise() {
    return changes.stream()
        .filter(FileChange.class::isInstance)
        .filter(file -> !file.target().endsWith(ManagedRegistry.PASSWORDS))
        .anyMatch(this::differs);
  }

  private boolean differs(HostChange change) {
    return isChange(compared.get().get(changes.indexOf(change)));
  }

  private static boolean isChange(ChangeResult result) {
    return result.outcome() == HostChange.Outcome.CHANGED;
  }

  /** A unit that is as it is there, enabled and active counts as unchanged. */
  private boolean runs(UnitChange wanted) {
    Optional<UnitChange> there =
        replica.text(wanted.path()).map(text -> new UnitChange(wanted.name(), text.reveal()));
    return there.isPresent() && !isChange(replica.compare(List.of(there.get())).get(0));
  }
}
