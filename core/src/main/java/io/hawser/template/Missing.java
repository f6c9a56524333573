package io.hawser.template;

import org.jspecify.annotations.Nullable;

/**
 * The value of a key that the data does not have: nil, but it knows the key for the message.
 *
 * @param key the key as written after the dot
 */
record Missing(String key) {
  static boolean isNil(@Nullable Object value) {
    return value == null || value instanceof Missing;
  }
}
