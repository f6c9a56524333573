package io.hawser.registry;

import io.hawser.host.Listing;
import io.hawser.host.TreeFile;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what lies on a replica, with digests, with what shall lie there. */
final class ReplicaAudit {
  static final String STEP = "audit";

  private static final int SHOWN = 20;

  private final List<String> missing = new ArrayList<>();
  private final List<String> damaged = new ArrayList<>();
  private final List<String> split = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  private ReplicaAudit() {}

  static HostResult of(String host, RegistryContent content, Listing listing) {
    ReplicaAudit audit = new ReplicaAudit();
    Map<String, Listing.Entry> others = new TreeMap<>(listing.entries());
    int files = 0;
    for (TreeFile file : content.tree().files()) {
      Listing.Entry there = others.remove(file.path());
      if (file.type() == TreeFile.Type.FILE) {
        audit.compare(file, there);
        files++;
      }
    }
    others.forEach(audit::addForeign);
    return audit.result(host, files);
  }

  private void compare(TreeFile file, Listing.@Nullable Entry there) {
    if (there == null) {
      missing.add("missing: " + file.path());
    } else if (there.type() != TreeFile.Type.FILE) {
      damaged.add("damaged: " + file.path() + " is no file");
    } else if (!there.sha256().equals(file.sha256())) {
      addDifferent(file, there.size());
    }
  }

  private void addDifferent(TreeFile file, long size) {
    StorageEntry entry = StorageEntry.of(file.path());
    // A tag's link of the right length is not broken: it points at another manifest.
    if (entry != null && entry.kind() == StorageEntry.Kind.TAG && size == file.size()) {
      split.add("split: tag " + entry.repository() + ":" + entry.name() + " points elsewhere");
    } else {
      damaged.add("damaged: " + file.path() + ", " + size + " bytes");
    }
  }

  private void addForeign(String path, Listing.Entry entry) {
    if (entry.type() != TreeFile.Type.DIRECTORY && !StorageEntry.isScratch(path)) {
      foreign.add("foreign, kept: " + path);
    }
  }

  private HostResult result(String host, int files) {
    List<String> details = new ArrayList<>();
    for (List<String> kind : List.of(split, damaged, missing, foreign)) {
      details.addAll(kind.subList(0, Math.min(SHOWN, kind.size())));
      if (kind.size() > SHOWN) {
        details.add("... and " + (kind.size() - SHOWN) + " more of them");
      }
    }
    int wrong = split.size() + damaged.size() + missing.size();
    String also = foreign.isEmpty() ? "" : "; " + foreign.size() + " foreign files are kept";
    if (wrong == 0) {
      return HostResult.of(host, STEP, Status.OK, "all " + files + " files are right" + also)
          .details(details);
    }
    String message =
        String.format(
            "of %d files %d are missing, %d damaged, and %d tags point elsewhere%s",
            files, missing.size(), damaged.size(), split.size(), also);
    return HostResult.of(host, STEP, Status.FAILED, message)
        .details(details)
        .advice(null, "distribute again: exactly these files are sent and replaced");
  }
}
