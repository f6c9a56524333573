package io.hawser.ssh.mock;

import java.util.List;

/**
 * A change in the journal.
 *
 * @param extra what undoing it needs to know, by kind
 */
record AgentEntry(
    long sequence,
    String owner,
    String kind,
    String target,
    List<String> extra,
    boolean done,
    boolean undone) {
  String extra(int index) {
    return index < extra.size() ? extra.get(index) : "";
  }

  boolean is(String wantedKind, String wantedTarget) {
    return kind.equals(wantedKind) && target.equals(wantedTarget);
  }

  AgentEntry markDone() {
    return new AgentEntry(sequence, owner, kind, target, extra, true, undone);
  }

  AgentEntry markUndone() {
    return new AgentEntry(sequence, owner, kind, target, extra, done, true);
  }
}
