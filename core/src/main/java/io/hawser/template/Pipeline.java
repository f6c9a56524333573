package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands of which each takes the value of the one before as its last argument.
 *
 * @param line where it starts
 * @param variables the names that take the value; two only in {@code range}
 * @param assigns whether the variables exist already ({@code =} instead of {@code :=})
 */
record Pipeline(int line, List<String> variables, boolean assigns, List<Command> commands) {

  /** A function with its arguments, or one operand alone. */
  record Command(List<Operand> operands) {}

  /** What stands between blanks in a command. */
  sealed interface Operand {
    /** A literal, {@code true}, {@code false} or {@code nil}. */
    record Constant(@Nullable Object value) implements Operand {}

    /** {@code .} or {@code .a.b}. */
    record Dot(List<String> fields) implements Operand {}

    /** {@code $x} or {@code $x.a.b}; the name of {@code $} is empty. */
    record Variable(String name, List<String> fields) implements Operand {}

    /** A pipeline in parentheses, maybe with fields after it. */
    record Nested(Pipeline pipeline, List<String> fields) implements Operand {}

    /** The name of a function. */
    record Call(String function) implements Operand {}
  }
}
