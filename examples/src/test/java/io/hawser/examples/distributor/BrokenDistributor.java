package io.hawser.examples.distributor;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.Distribution;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A distributor with faults of choice. */
final class BrokenDistributor implements ArtifactDistributor {
  /** What it does wrong. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** Puts tags into place first. */
    TAGS_FIRST,
    /** Does nothing and says that it did. */
    ONLY_SAYS_SO,
    /** Forgets a host that fails. */
    SWALLOWS_FAILURE,
    /** Throws what one host threw. */
    THROWS,
    /** Reports in the order of names. */
    SORTS_ROWS,
    /** Never calls the listener. */
    SILENT,
    /** Opens hosts anew for each step. */
    OPENS_TWICE,
    /** Says CHANGED whenever it has looked. */
    ALWAYS_CHANGED,
    /** Writes a time into the directory by each run. */
    STAMPS,
    /** Empties the directory first. */
    CLEANS_UP,
    /** Writes with a program of its own. */
    BESIDE_THE_JOURNAL,
    /** Journals under a name of its own. */
    OTHER_OWNER,
    /** Leaves its scratch. */
    LEAVES_SCRATCH,
    /** Does not look at the time. */
    LATE,
    /** Skips what does not arrive. */
    TAKES_ANY_BYTES,
    /** Goes on when it is interrupted. */
    DEAF
  }

  private static final String OWN = "mine";

  private final Set<Fault> faults;

  BrokenDistributor(Fault... faults) {
    this.faults = Set.of(faults);
  }

  private boolean has(Fault fault) {
    return faults.contains(fault);
  }

  @Override
  public Report distribute(Distribution job) {
    List<HostResult> rows = new ArrayList<>();
    for (Host host : job.targets()) {
      fill(job, host, rows);
    }
    if (!has(Fault.SILENT)) {
      rows.forEach(job.listener()::onHost);
    }
    if (has(Fault.SORTS_ROWS)) {
      rows.sort((one, other) -> one.host().compareTo(other.host()));
    }
    return Report.of(rows);
  }

  private void fill(Distribution job, Host host, List<HostResult> rows) {
    if ((job.left().isNegative() || job.left().isZero()) && !has(Fault.LATE)) {
      rows.add(row(host, Status.FAILED, "too late"));
      return;
    }
    if (has(Fault.ONLY_SAYS_SO)) {
      rows.add(row(host, Status.CHANGED, "done"));
      return;
    }
    try {
      Status status = fill(job, host);
      rows.add(row(host, status, "done"));
    } catch (CancelledException e) {
      if (!has(Fault.DEAF)) {
        throw e;
      }
      rows.add(row(host, Status.FAILED, "interrupted"));
      boolean unused = Thread.interrupted();
    } catch (HawserException | IllegalStateException e) {
      if (has(Fault.THROWS)) {
        throw e;
      }
      if (!has(Fault.SWALLOWS_FAILURE)) {
        rows.add(row(host, Status.FAILED, String.valueOf(e.getMessage())));
      }
    }
  }

  private Status fill(Distribution job, Host host) {
    HostAccess access = job.access(host);
    if (has(Fault.OPENS_TWICE)) {
      access = job.access(host);
    }
    String place = host.resolve(job.directory());
    if (has(Fault.CLEANS_UP)) {
      run(access, "rm -rf \"$1\"/*", place);
    }
    if (has(Fault.LEAVES_SCRATCH)) {
      run(access, ": >\"$1\"", host.resolve("/var/tmp/scratch"));
    }
    boolean changed = false;
    for (FileTree part : parts(job)) {
      changed |= apply(job, access, part);
    }
    if (has(Fault.BESIDE_THE_JOURNAL)) {
      run(access, ": >\"$1/by hand\"", place);
    }
    if (has(Fault.STAMPS)) {
      run(access, "date >\"$1/stamp\"", place);
    }
    return changed || has(Fault.ALWAYS_CHANGED) ? Status.CHANGED : Status.OK;
  }

  private List<FileTree> parts(Distribution job) {
    FileTree whole = job.content().tree();
    if (!has(Fault.TAGS_FIRST)) {
      return List.of(whole);
    }
    List<FileTree> parts = new ArrayList<>();
    for (int rank = 0; rank <= 3; rank++) {
      int only = rank;
      parts.add(whole.only(file -> file.rank() == only));
    }
    Collections.reverse(parts);
    return parts;
  }

  private boolean apply(Distribution job, HostAccess access, FileTree tree) {
    String owner = has(Fault.OTHER_OWNER) ? OWN : Distribution.OWNER;
    TreeChange change = new TreeChange(job.directory(), tree);
    ChangeResult result = access.apply(owner, List.of(change)).get(0);
    if (result.outcome() == HostChange.Outcome.FAILED && has(Fault.TAKES_ANY_BYTES)) {
      FileTree others = tree.only(file -> file.type() != TreeFile.Type.FILE || file.rank() > 0);
      return apply(job, access, others);
    }
    if (result.outcome() == HostChange.Outcome.FAILED) {
      throw new IllegalStateException(result.message());
    }
    return result.outcome() == HostChange.Outcome.CHANGED;
  }

  private static void run(HostAccess access, String script, String argument) {
    access.run(Command.script(Script.of("own", script), argument));
  }

  private static HostResult row(Host host, Status status, String message) {
    return HostResult.of(host.address(), Distribution.STEP, status, message);
  }
}
