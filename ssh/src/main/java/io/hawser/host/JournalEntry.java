package io.hawser.host;

import java.io.Serializable;

/**
 * One change that the journal on a host holds and that is not undone yet.
 *
 * @param sequence its number on this host, growing
 * @param owner who made it, for example {@code mount} or {@code registry}
 * @param kind file, link, dir (a directory), block, unit, command or tree
 * @param target what it is about
 * @param done false when it was begun and its end is not recorded
 * @param fingerprint of a command: its fingerprint; of a block: its marker; else empty
 * @param undoable of a command: whether it has an undo; else true
 */
public record JournalEntry(
    long sequence,
    String owner,
    String kind,
    String target,
    boolean done,
    String fingerprint,
    boolean undoable)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
