package io.hawser.template;

/**
 * A whole number of a type other than Go's {@code int}, which is a {@code Long}. Some functions
 * want exactly an int.
 *
 * @param type {@code int64}, {@code uint8} and so on
 */
record GoInt(String type, long value) {
  static GoInt int64(long value) {
    return new GoInt("int64", value);
  }

  boolean isUnsigned() {
    return type.startsWith("u");
  }

  @Override
  public String toString() {
    return isUnsigned() ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
