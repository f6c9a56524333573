package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a parsed template, in the order of its output. */
sealed interface Part {
  /** Text copied as it is. */
  record Text(String text) implements Part {}

  /** An action that prints the value of its pipeline, or only sets variables. */
  record Print(Pipeline pipeline) implements Part {}

  /** {@code if} or {@code with}, its {@code else if} branches in order, and {@code else}. */
  record Choice(List<Branch> branches, List<Part> otherwise) implements Part {}

  /**
   * One branch of a choice.
   *
   * @param movesDot whether dot is the condition's value inside ({@code with})
   */
  record Branch(Pipeline condition, boolean movesDot, List<Part> body) {}

  /** {@code range}. */
  record Loop(Pipeline items, List<Part> body, List<Part> otherwise) implements Part {}

  /** {@code template} or {@code block}: another template's output, with its own dot. */
  record Include(int line, String template, @Nullable Pipeline dot) implements Part {}

  /** {@code break}. */
  record Break() implements Part {}

  /** {@code continue}. */
  record Continue() implements Part {}
}
