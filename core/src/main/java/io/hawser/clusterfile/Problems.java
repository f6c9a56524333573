package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlFaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a Clusterfile, so that all of it is reported at once. */
final class Problems implements YamlFaults {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Position at, String field, String message) {
    add(at, field, message, null);
  }

  @Override
  public void add(Position at, String field, String message, @Nullable String hint) {
    found.add(new Problem(file, at.line(), at.column(), field, message, hint));
  }

  boolean any() {
    return !found.isEmpty();
  }

  /** Throws what was found, in the order of the file. */
  void throwIfAny() {
    if (any()) {
      List<Problem> sorted = new ArrayList<>(found);
      sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new ClusterfileException(sorted);
    }
  }
}
