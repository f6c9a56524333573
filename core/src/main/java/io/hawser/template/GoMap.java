package io.hawser.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map from texts. {@code set} and {@code merge} change it; a rendering has its own copies. */
final class GoMap {
  /** The order of Go's strings: that of their bytes in UTF-8. */
  static final Comparator<String> ORDER = GoMap::compare;

  private final String element;
  private final Map<String, @Nullable Object> entries;

  GoMap() {
    this(GoList.ANY, 16);
  }

  /**
   * @param element the type of the values as Go names it
   */
  GoMap(String element, int size) {
    this.element = element;
    this.entries = new HashMap<>(size * 2);
  }

  String element() {
    return element;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  @Nullable Object get(String key) {
    return entries.get(key);
  }

  void put(String key, @Nullable Object value) {
    entries.put(key, value);
  }

  void remove(String key) {
    entries.remove(key);
  }

  int size() {
    return entries.size();
  }

  Collection<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The keys in Go's order. */
  List<String> keys() {
    List<String> keys = new ArrayList<>(entries.keySet());
    keys.sort(ORDER);
    return keys;
  }

  private static int compare(String a, String b) {
    int most = Math.min(a.length(), b.length());
    for (int i = 0; i < most; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // Surrogates stand for what comes after all other characters.
        boolean highLeft = Character.isSurrogate(left);
        boolean highRight = Character.isSurrogate(right);
        return highLeft == highRight ? left - right : highLeft ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
