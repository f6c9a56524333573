package io.hawser.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice; it never changes.
 *
 * @param element the type of its elements as Go names it
 */
record GoList(String element, List<@Nullable Object> items) {
  static final String ANY = "interface {}";

  static GoList of(Collection<? extends @Nullable Object> items) {
    return new GoList(ANY, Collections.unmodifiableList(new ArrayList<@Nullable Object>(items)));
  }

  static GoList of(@Nullable Object... items) {
    return of(Arrays.asList(items));
  }

  static GoList texts(Collection<String> items) {
    return new GoList(
        "string", Collections.unmodifiableList(new ArrayList<@Nullable Object>(items)));
  }

  int size() {
    return items.size();
  }
}
