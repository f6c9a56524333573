package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.List;

/**
 * What a change would do to a host, as {@link HostPreview} found it. Plain data, serialisable;
 * secrets do not stand in it.
 *
 * @param target what the change is about
 * @param summary the change for people, on one line
 * @param outcome {@code SAME} or {@code CHANGED}
 * @param takenBack whether it is something of an earlier run that would be undone
 * @param commands what the host would execute, in order; no questions, which change nothing
 * @param files the files that would be written; of a tree the first {@link #MOST_FILES}
 * @param sentFiles of a tree: how many files the host lacks or has otherwise
 * @param sentBytes of a tree: the sizes of these files together, in bytes
 * @param fingerprint stands for all that was seen on the host and for all that is wanted; says
 *     nothing to who does not have the secrets of the cluster; empty when nothing would be done
 */
public record PlannedChange(
    String target,
    String summary,
    HostChange.Outcome outcome,
    boolean takenBack,
    List<PlannedCommand> commands,
    List<PlannedFile> files,
    long sentFiles,
    long sentBytes,
    String fingerprint)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many files of a tree are named. */
  public static final int MOST_FILES = 100;

  /** Copies the lists. */
  public PlannedChange {
    commands = ImmutableList.copyOf(commands);
    files = ImmutableList.copyOf(files);
  }

  /** Whether the host would be changed. */
  public boolean isChange() {
    return outcome == HostChange.Outcome.CHANGED;
  }

  /** The same in other words for people. */
  public PlannedChange withSummary(CharSequence words) {
    return new PlannedChange(
        target,
        words.toString(),
        outcome,
        takenBack,
        commands,
        files,
        sentFiles,
        sentBytes,
        fingerprint);
  }

  static PlannedChange same(HostChange change) {
    return of(change, HostChange.Outcome.SAME, "");
  }

  static PlannedChange changed(HostChange change, String fingerprint) {
    return of(change, HostChange.Outcome.CHANGED, fingerprint);
  }

  private static PlannedChange of(
      HostChange change, HostChange.Outcome outcome, String fingerprint) {
    return new PlannedChange(
        change.target(),
        change.summary(),
        outcome,
        false,
        ImmutableList.of(),
        ImmutableList.of(),
        0,
        0,
        fingerprint);
  }

  PlannedChange with(List<PlannedCommand> someCommands, List<PlannedFile> someFiles) {
    return new PlannedChange(
        target,
        summary,
        outcome,
        takenBack,
        someCommands,
        someFiles,
        sentFiles,
        sentBytes,
        fingerprint);
  }

  PlannedChange sending(long moreFiles, long bytes) {
    return new PlannedChange(
        target, summary, outcome, takenBack, commands, files, moreFiles, bytes, fingerprint);
  }
}
