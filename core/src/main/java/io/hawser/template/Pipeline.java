package io.hawser.template;

import java.util.List;

/**
 * Commands of which each takes the value of the one before as its last argument.
 *
 * @param line where it starts
 * @param variables the names that take the value; two only in {@code range}
 * @param assigns whether the variables exist already ({@code =} instead of {@code :=})
 */
record Pipeline(int line, List<String> variables, boolean assigns, List<Command> commands) {

  /** An operand, which is called if it is a function, and what is given to it. */
  record Command(Operand first, List<Operand> arguments) {}

  /** What stands between blanks in a command. */
  sealed interface Operand {
    /** A text, {@code true} or {@code false}. */
    record Constant(Object value) implements Operand {}

    /** A number, whose type is known only where it is used. */
    record Numeral(NumberLiteral literal) implements Operand {}

    /** {@code nil}. */
    record Nil() implements Operand {}

    /** {@code .} or {@code .a.b}. */
    record Dot(int line, List<String> fields) implements Operand {}

    /** {@code $x} or {@code $x.a.b}; the name of {@code $} is empty. */
    record Variable(int line, String name, List<String> fields) implements Operand {}

    /** A pipeline in parentheses, maybe with fields after it. */
    record Nested(int line, Pipeline pipeline, List<String> fields) implements Operand {}

    /** A function, maybe with fields of its result after it. */
    record Call(int line, Function function, List<String> fields) implements Operand {}
  }

  /** Whether a command after the first may start with this. */
  static boolean isExecutable(Operand operand) {
    return !(operand instanceof Operand.Constant
        || operand instanceof Operand.Numeral
        || operand instanceof Operand.Nil
        || (operand instanceof Operand.Dot dot && dot.fields().isEmpty()));
  }
}
