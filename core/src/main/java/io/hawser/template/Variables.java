package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables of a template that is rendered; the innermost of a name counts. */
final class Variables {
  private final List<String> names = new ArrayList<>();
  private final List<@Nullable Object> values = new ArrayList<>();

  Variables(@Nullable Object root) {
    names.add("");
    values.add(root);
  }

  int mark() {
    return names.size();
  }

  void release(int mark) {
    for (int i = names.size() - 1; i >= mark; i--) {
      names.remove(i);
      values.remove(i);
    }
  }

  @Nullable Object get(String name) {
    return values.get(place(name));
  }

  /** Sets the variables of a pipeline, if it names any. */
  void take(Pipeline pipeline, @Nullable Object value) {
    for (String name : pipeline.variables()) {
      if (pipeline.assigns()) {
        set(name, value);
      } else {
        names.add(name);
        values.add(value);
      }
    }
  }

  /**
   * Sets the variables of a loop for a round: with one it takes the value, with two also the key.
   */
  void take(Pipeline pipeline, @Nullable Object key, @Nullable Object value) {
    List<String> targets = pipeline.variables();
    if (targets.size() == 2) {
      set(targets.get(0), key);
    }
    if (!targets.isEmpty()) {
      set(targets.get(targets.size() - 1), value);
    }
  }

  private void set(String name, @Nullable Object value) {
    values.set(place(name), value);
  }

  private int place(String name) {
    int place = names.lastIndexOf(name);
    if (place < 0) {
      // Declared in a branch that was not taken.
      throw new IllegalArgumentException("undefined variable \"$" + name + "\"");
    }
    return place;
  }
}
