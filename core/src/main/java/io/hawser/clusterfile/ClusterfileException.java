package io.hawser.clusterfile;

import io.hawser.HawserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Clusterfile, or what it points at, is wrong; all problems are listed at once. */
public final class ClusterfileException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Problem> problems;

  /** Makes an exception of at least one problem. */
  public ClusterfileException(List<Problem> problems) {
    super(
        problems.size()
            + (problems.size() == 1 ? " problem:\n" : " problems:\n")
            + problems.stream().map(p -> "  " + p).collect(Collectors.joining("\n")));
    this.problems = new ArrayList<>(problems);
  }

  /** The problems in the order of the file. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }
}
