package io.hawser.template;

import org.jspecify.annotations.Nullable;

/**
 * The value of a key that the data does not have: nil, but it knows the key for the message.
 *
 * @param key the key as written after the dot
 */
record Missing(String key) {
  /** An element that is there and nil. Unlike a missing key it must not be asked for fields. */
  static final Missing ELEMENT = new Missing("");

  boolean isElement() {
    return key.isEmpty();
  }

  static boolean isElement(@Nullable Object value) {
    return value instanceof Missing missing && missing.isElement();
  }

  static boolean isNil(@Nullable Object value) {
    return value == null || value instanceof Missing;
  }
}
