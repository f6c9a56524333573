package io.hawser.registry;

import io.hawser.host.Listing;
import io.hawser.host.TreeFile;
import io.hawser.registry.AuditFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what lies on a replica, with digests, with what shall lie there. */
final class ReplicaAudit {
  static final String STEP = "audit";

  /** {@code sha256:} and 64 digits. */
  private static final int LINK_BYTES = 71;

  private final String host;
  private final LinkTargets links = new LinkTargets();
  private final List<AuditFinding> findings = new ArrayList<>();
  private final Map<String, String> foreignTags = new TreeMap<>();

  private ReplicaAudit(String host) {
    this.host = host;
  }

  static AuditedReplica of(String host, RegistryContent content, Listing listing) {
    ReplicaAudit audit = new ReplicaAudit(host);
    Map<String, Listing.Entry> others = new TreeMap<>(listing.entries());
    List<TreeFile> files = content.tree().files();
    files.forEach(file -> audit.links.learn(file.path()));
    others.keySet().forEach(audit.links::learn);
    int count = 0;
    for (TreeFile file : files) {
      Listing.Entry there = others.remove(file.path());
      if (file.type() == TreeFile.Type.FILE) {
        audit.compare(file, there);
        count++;
      }
    }
    others.forEach(audit::addForeign);
    return new AuditedReplica(host, count, audit.findings, audit.foreignTags);
  }

  private void compare(TreeFile file, Listing.@Nullable Entry there) {
    if (there == null) {
      findings.add(AuditFinding.missing(host, file.path(), expected(file), file.size()));
    } else if (there.type() != TreeFile.Type.FILE) {
      add(Kind.NOT_A_FILE, file, "", 0);
    } else if (!there.sha256().equals(file.sha256())) {
      addDifferent(file, there);
    }
  }

  private void addDifferent(TreeFile file, Listing.Entry there) {
    StorageEntry entry = StorageEntry.of(file.path());
    // A tag's link of the right length is not broken: it points at another manifest.
    if (isTag(entry) && there.size() == file.size()) {
      add(Kind.SPLIT, file, links.of(there.sha256()), there.size());
    } else {
      Kind shorter = there.size() == 0 ? Kind.EMPTY : Kind.TRUNCATED;
      Kind kind = there.size() < file.size() ? shorter : Kind.DAMAGED;
      add(kind, file, "sha256:" + there.sha256(), there.size());
    }
  }

  private void add(Kind kind, TreeFile file, String found, long bytes) {
    String expected = expected(file);
    findings.add(AuditFinding.at(host, kind, file.path(), found, expected, bytes, file.size()));
  }

  private String expected(TreeFile file) {
    return isTag(StorageEntry.of(file.path()))
        ? links.of(file.sha256())
        : "sha256:" + file.sha256();
  }

  private static boolean isTag(@Nullable StorageEntry entry) {
    return entry != null && entry.kind() == StorageEntry.Kind.TAG;
  }

  private void addForeign(String path, Listing.Entry there) {
    if (there.type() == TreeFile.Type.DIRECTORY || StorageEntry.isScratch(path)) {
      return;
    }
    StorageEntry entry = StorageEntry.of(path);
    boolean tag = isTag(entry);
    String digest = there.sha256().isEmpty() ? "" : "sha256:" + there.sha256();
    String found = tag ? links.of(there.sha256()) : digest;
    String expected = entry == null ? "" : expected(entry);
    boolean right =
        tag ? there.size() == LINK_BYTES : expected.isEmpty() || expected.equals(digest);
    Kind kind = right ? Kind.FOREIGN : Kind.FOREIGN_DAMAGED;
    findings.add(AuditFinding.at(host, kind, path, found, expected, there.size(), 0));
    if (tag && entry != null) {
      foreignTags.put(
          entry.repository() + ":" + entry.name(),
          found.isEmpty() ? "a link of SHA-256 " + there.sha256() : found);
    }
  }

  /** What a foreign file must be if it is what its path says; empty where the path does not say. */
  private static String expected(StorageEntry entry) {
    return switch (entry.kind()) {
      case BLOB -> "sha256:" + entry.digest();
      case LAYER, REVISION, TAG_INDEX -> "sha256:" + LinkTargets.fileOf(entry.digest());
      case TAG -> "";
    };
  }
}
