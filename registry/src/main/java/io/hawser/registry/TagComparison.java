package io.hawser.registry;

import io.hawser.registry.AuditFinding.Kind;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares tags that are not of the images across replicas: nobody but the replicas says what they
 * shall point at.
 */
final class TagComparison {
  static final String STEP = "tags";

  private final List<AuditedReplica> replicas;
  private final List<AuditFinding> findings = new ArrayList<>();

  /** What is said of each tag that is not the same everywhere. */
  private final Map<String, String> lines = new TreeMap<>();

  /** Those of them that point at different manifests. */
  private final Set<String> contradicting = new HashSet<>();

  private TagComparison(List<AuditedReplica> replicas) {
    this.replicas = replicas;
  }

  static TagComparison of(List<AuditedReplica> replicas) {
    TagComparison comparison = new TagComparison(replicas);
    comparison.tags().forEach(comparison::compare);
    return comparison;
  }

  private Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    replicas.forEach(replica -> tags.addAll(replica.foreignTags().keySet()));
    return tags;
  }

  private void compare(String name) {
    Map<String, List<String>> hosts = new TreeMap<>();
    for (AuditedReplica replica : replicas) {
      String target = replica.foreignTags().getOrDefault(name, "");
      hosts.computeIfAbsent(target, key -> new ArrayList<>()).add(replica.host());
    }
    if (hosts.size() == 1) {
      return;
    }
    List<String> parts = new ArrayList<>();
    hosts.forEach(
        (target, some) ->
            parts.add(
                (target.isEmpty() ? "not there on " : target + " on ") + String.join(", ", some)));
    lines.put(name, "split: tag " + name + " is " + String.join("; ", parts));
    if (hosts.keySet().stream().filter(target -> !target.isEmpty()).count() > 1) {
      contradicting.add(name);
    }
    replicas.forEach(replica -> findings.add(finding(replica, name)));
  }

  private static AuditFinding finding(AuditedReplica replica, String name) {
    int colon = name.lastIndexOf(':');
    String repository = name.substring(0, colon);
    String tag = name.substring(colon + 1);
    String path = StorageEntry.tagPath(repository, tag);
    return replica.findings().stream()
        .filter(finding -> finding.path().equals(path))
        .findFirst()
        .map(
            there ->
                AuditFinding.at(
                    replica.host(), Kind.FOREIGN_SPLIT, path, there.found(), "", there.bytes(), 0))
        .orElseGet(() -> AuditFinding.at(replica.host(), Kind.FOREIGN_SPLIT, path, "", "", 0, 0));
  }

  /** One for each replica and tag that is not the same everywhere. */
  List<AuditFinding> findings() {
    return findings;
  }

  /** A row for each replica; none where there is nothing to compare. */
  List<HostResult> rows() {
    int tags = tags().size();
    return tags == 0 || replicas.size() < 2
        ? List.of()
        : replicas.stream().map(replica -> row(replica, tags)).toList();
  }

  private HostResult row(AuditedReplica replica, int tags) {
    if (lines.isEmpty()) {
      String same = "the same on all " + replicas.size() + " replicas";
      return HostResult.of(
          replica.host(), STEP, Status.OK, tags + " tags that are not of the images are " + same);
    }
    boolean wrong = replica.foreignTags().keySet().stream().anyMatch(contradicting::contains);
    String message =
        lines.size() + " of " + tags + " tags that are not of the images differ between replicas";
    return HostResult.of(replica.host(), STEP, wrong ? Status.FAILED : Status.WARNING, message)
        .details(List.copyOf(lines.values()))
        .advice(
            null, "push the tag to every replica, or remove it; better: make it part of an image");
  }
}
