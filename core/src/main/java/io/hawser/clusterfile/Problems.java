package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlFaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a Clusterfile and the files that belong to it, so that all of it is
 * reported at once. Of very many problems the first thousand are kept: a hostile file must not fill
 * the memory with them.
 */
final class Problems implements YamlFaults {
  private static final int MOST = 1_000;

  private final String file;
  private final boolean lenient;
  private final IntFunction<String> notes;
  private final List<Problem> found;
  private final List<Problem> warnings;

  /** For a file that is read strictly. */
  Problems(String file) {
    this(file, false);
  }

  Problems(String file, boolean lenient) {
    this(file, lenient, line -> "", new ArrayList<>(), new ArrayList<>());
  }

  private Problems(
      String file,
      boolean lenient,
      IntFunction<String> notes,
      List<Problem> found,
      List<Problem> warnings) {
    this.file = file;
    this.lenient = lenient;
    this.notes = notes;
    this.found = found;
    this.warnings = warnings;
  }

  /** Those of another file, for the same report. */
  Problems in(String other) {
    return new Problems(other, lenient, line -> "", found, warnings);
  }

  /**
   * The same, with something to say about the lines.
   *
   * @param wanted what to add to a message about a line; may be empty
   */
  Problems withNotes(IntFunction<String> wanted) {
    return new Problems(file, lenient, wanted, found, warnings);
  }

  /** What was found so far, for another try to find more. */
  Problems copy() {
    return new Problems(file, lenient, notes, new ArrayList<>(found), new ArrayList<>(warnings));
  }

  void add(Position at, String field, String message) {
    add(at, field, message, null);
  }

  @Override
  public void add(Position at, String field, String message, @Nullable String hint) {
    add(found, at, field, message, hint);
  }

  /** What sealos takes no notice of: a problem, or when reading leniently a warning. */
  void warn(Position at, String field, String message, @Nullable String hint) {
    add(lenient ? warnings : found, at, field, message, hint);
  }

  private void add(
      List<Problem> list, Position at, String field, String message, @Nullable String hint) {
    if (list.size() < MOST) {
      String note = at.line() > 0 ? notes.apply(at.line()) : "";
      list.add(new Problem(file, at.line(), at.column(), field, message + note, hint));
    } else if (list.size() == MOST) {
      String more = "there are more problems than these " + MOST;
      list.add(new Problem(file, Integer.MAX_VALUE, 1, "", more, null));
    }
  }

  /** Whether there are so many that more are not kept, so that no hint has to be found for them. */
  boolean isFull() {
    return Math.max(found.size(), warnings.size()) > MOST;
  }

  boolean any() {
    return !found.isEmpty();
  }

  boolean lenient() {
    return lenient;
  }

  /** What was only warned of, in the order of the files. */
  List<Problem> warnings() {
    return sorted(warnings);
  }

  /** Throws what was found, in the order of the files. */
  void throwIfAny() {
    if (any()) {
      throw exception();
    }
  }

  /** What was found, of which there must be something. */
  ClusterfileException exception() {
    return new ClusterfileException(sorted(found));
  }

  private static List<Problem> sorted(List<Problem> problems) {
    List<String> files = problems.stream().map(Problem::file).distinct().toList();
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem problem) -> files.indexOf(problem.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        // What stands last in the list is about no line.
        .map(p -> p.line() < Integer.MAX_VALUE ? p : p.aboutTheWholeFile())
        .toList();
  }
}
