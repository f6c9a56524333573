package io.hawser.template;

import io.hawser.template.Pipeline.Operand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings arguments to the types that parameters want. A literal number fits any numeric type that
 * can hold it; a value has its type and fits no other.
 */
final class Parameters {
  /** Finds the value of what is no literal. */
  interface Values {
    @Nullable Object of(Operand operand);
  }

  private Parameters() {}

  static @Nullable Object take(
      Operand operand, int index, char type, Values values, Consumer<Missing> missing) {
    if (operand instanceof Operand.Numeral number) {
      return number(number.literal(), index, type);
    } else if (operand instanceof Operand.Nil) {
      return take((Object) null, index, type, missing);
    }
    Object value = values.of(operand);
    boolean there = Missing.isElement(value) || (value == null && isField(operand));
    if (type == Function.MAP && there) {
      // Go tells a nil that is there from one that is not: only the latter is an empty map.
      throw wrong(index, type, "nil");
    }
    return take(value, index, type, missing);
  }

  private static boolean isField(Operand operand) {
    return (operand instanceof Operand.Dot dot && !dot.fields().isEmpty())
        || (operand instanceof Operand.Variable variable && !variable.fields().isEmpty());
  }

  private static Object number(NumberLiteral literal, int index, char type) {
    Object value =
        switch (type) {
          case Function.ANY -> literal.ideal();
          case Function.INT -> literal.whole();
          case Function.UNSIGNED ->
              literal.whole() != null && literal.whole() >= 0 ? literal.whole() : null;
          case Function.FLOAT -> literal.decimal();
          default -> null;
        };
    if (value == null) {
      throw wrong(index, type, "a number");
    }
    return value;
  }

  static @Nullable Object take(
      @Nullable Object value, int index, char type, Consumer<Missing> missing) {
    if (Missing.isNil(value)) {
      if (value instanceof Missing key) {
        missing.accept(key);
      }
      if (type != Function.ANY && type != Function.MAP) {
        throw wrong(index, type, "nil");
      }
      return null;
    }
    boolean fits =
        switch (type) {
          case Function.TEXT -> value instanceof String;
          case Function.INT -> value instanceof Long;
          case Function.FLOAT -> value instanceof Double;
          case Function.BOOLEAN -> value instanceof Boolean;
          case Function.MAP -> value instanceof GoMap map && map.element().equals(GoList.ANY);
          case Function.UNSIGNED -> false;
          default -> true;
        };
    if (!fits) {
      throw wrong(index, type, GoValues.type(value));
    }
    return value;
  }

  private static IllegalArgumentException wrong(int index, char type, String found) {
    String wanted =
        switch (type) {
          case Function.TEXT -> "string";
          case Function.INT -> "int";
          case Function.FLOAT -> "float64";
          case Function.BOOLEAN -> "bool";
          case Function.MAP -> "map";
          default -> "uint32";
        };
    return new IllegalArgumentException(
        "argument " + (index + 1) + " must be a " + wanted + ", not " + found);
  }
}
