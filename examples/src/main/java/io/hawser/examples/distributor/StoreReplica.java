package io.hawser.examples.distributor;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.Listing;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.registry.Distribution;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One host that gets its blobs from a store. Used by one thread at a time. */
final class StoreReplica {
  /** The paths and places come on standard input: with S3 they would hold a signature. */
  private static final Script FETCH =
      Script.of(
          "fetch",
          """
          set -eu
          umask 077
          rm -rf -- "$1"
          mkdir -- "$1"
          while read -r path url; do
            mkdir -p -- "$1/${path%/*}"
            if command -v curl >/dev/null; then
              printf 'url = "%s"\\n' "$url" | curl -fsS -K - -o "$1/$path"
            else
              printf '%s\\n' "$url" | wget -q -i - -O "$1/$path"
            fi || rm -f -- "$1/$path"
          done
          """);

  private static final Script REMOVE = Script.of("remove", "rm -rf -- \"$1\"");
  private static final Duration SOON = Duration.ofMinutes(2);

  private final Distribution job;
  private final Host host;
  private final @Nullable HostAccess access;
  private final Set<String> lacking;
  private final String fault;
  private final String seed;

  private StoreReplica(
      Distribution job, Host host, @Nullable HostAccess access, Set<String> lacking, String fault) {
    this.job = job;
    this.host = host;
    this.access = access;
    this.lacking = lacking;
    this.fault = fault;
    this.seed = "/var/tmp/hawser-seed-" + (access == null ? "none" : access.cluster().name());
  }

  /**
   * Opens a host and looks what it has; one that cannot be opened lacks nothing and has a fault.
   */
  static StoreReplica open(Distribution job, Host host, Map<String, TreeFile> blobs) {
    if (isOver(job)) {
      return new StoreReplica(job, host, null, Set.of(), "the time was over before its turn");
    }
    try {
      HostAccess access = job.access(host);
      Map<String, Listing.Entry> there = access.list(job.directory(), false).entries();
      Set<String> lacking = new TreeSet<>();
      blobs.forEach(
          (path, blob) -> {
            Listing.Entry entry = there.get(path);
            if (entry == null || entry.size() != blob.size()) {
              lacking.add(path);
            }
          });
      return new StoreReplica(job, host, access, lacking, "");
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return new StoreReplica(job, host, null, Set.of(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOver(Distribution job) {
    return job.left().isNegative() || job.left().isZero();
  }

  boolean lacks(String path) {
    return lacking.contains(path);
  }

  /** Fetches what the store has, and has Hawser do the rest. */
  HostResult fill(ObjectStore store, List<String> stored) {
    long start = System.nanoTime();
    HostResult row = access == null ? failed(fault) : fill(access, store, stored);
    return row.took(Duration.ofNanos(System.nanoTime() - start));
  }

  private HostResult fill(HostAccess open, ObjectStore store, List<String> stored) {
    try {
      if (isOver(job)) {
        return failed("the time was over before its turn");
      }
      fetch(open, store, stored);
      TreeChange change = new TreeChange(job.directory(), job.content().tree());
      return row(open.apply(Distribution.OWNER, List.of(change.seededFrom(seed))));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      // One host must not hide what came of the others, whatever it threw.
      return failed(String.valueOf(e.getMessage()));
    } finally {
      removeSeed(open);
    }
  }

  /** What cannot be fetched will be missing in the seed, and comes from the controller. */
  private void fetch(HostAccess open, ObjectStore store, List<String> stored) {
    String wanted =
        stored.stream()
            .filter(lacking::contains)
            .map(path -> path + " " + store.place(digest(path)) + "\n")
            .collect(Collectors.joining());
    if (!wanted.isEmpty()) {
      Command fetch = Command.script(FETCH, host.resolve(seed)).withInput(wanted);
      open.run(fetch.withTimeout(job.left()));
    }
  }

  /** A path ends with the digest and {@code /data}. */
  static String digest(String path) {
    String directory = path.substring(0, path.lastIndexOf('/'));
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  private void removeSeed(HostAccess open) {
    try {
      open.run(Command.script(REMOVE, host.resolve(seed)).withTimeout(SOON));
    } catch (RuntimeException e) {
      // A host that cannot be reached any more says so in its row; the next run removes it.
      return;
    }
  }

  private HostResult row(List<ChangeResult> results) {
    if (results.isEmpty()) {
      return failed("nothing was done, and the host did not say why");
    }
    ChangeResult result = results.get(0);
    return switch (result.outcome()) {
      case SAME -> HostResult.of(host.address(), Distribution.STEP, Status.OK, "all is there");
      case CHANGED ->
          HostResult.of(host.address(), Distribution.STEP, Status.CHANGED, result.message());
      case FAILED, KEPT -> failed(result.message());
    };
  }

  private HostResult failed(String why) {
    return ObjectStoreDistributor.failed(host, why);
  }
}
