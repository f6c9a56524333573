package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables of a rendering; the innermost of a name counts. */
final class Variables {
  private final List<String> names = new ArrayList<>();
  private final List<@Nullable Object> values = new ArrayList<>();

  Variables(Object root) {
    names.add("");
    values.add(root);
  }

  int mark() {
    return names.size();
  }

  void release(int mark) {
    names.subList(mark, names.size()).clear();
    values.subList(mark, values.size()).clear();
  }

  @Nullable Object get(String name) {
    return values.get(names.lastIndexOf(name));
  }

  /** Sets the variable of a pipeline, if it names one. */
  void take(Pipeline pipeline, @Nullable Object value) {
    if (!pipeline.variables().isEmpty()) {
      set(pipeline.variables().get(0), pipeline.assigns(), value);
    }
  }

  /** Sets the variables of a loop: with one it takes the value, with two also the key. */
  void take(Pipeline pipeline, @Nullable Object key, @Nullable Object value) {
    List<String> targets = pipeline.variables();
    if (targets.size() == 2) {
      set(targets.get(0), pipeline.assigns(), key);
    }
    if (!targets.isEmpty()) {
      set(targets.get(targets.size() - 1), pipeline.assigns(), value);
    }
  }

  private void set(String name, boolean assigns, @Nullable Object value) {
    if (assigns) {
      values.set(names.lastIndexOf(name), value);
    } else {
      names.add(name);
      values.add(value);
    }
  }
}
