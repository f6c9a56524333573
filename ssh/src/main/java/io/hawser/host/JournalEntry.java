package io.hawser.host;

import java.io.Serializable;

/**
 * One change that the journal on a host holds and that is not undone yet.
 *
 * @param sequence its number in this cluster's journal on the host, growing
 * @param owner who made it, for example {@code mount} or {@code registry}
 * @param kind {@code file}, {@code link}, {@code dir}, {@code block}, {@code unit}, {@code
 *     command}, {@code tree} or {@code watch}
 * @param target of a command or watch: its name; of a unit: its name with {@code .service}; else
 *     the absolute path below the host's root, of a tree that of its directory
 * @param done false when it was begun and its end is not recorded
 * @param fingerprint of a command: its fingerprint; of a block: its marker; else empty
 * @param undoable of a command: whether an undo script is kept for it; else true
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
