package io.hawser.template;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks the parts of a template and writes its output. One per rendering. */
final class Evaluator {
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final ParsedTemplate template;
  private final Budget budget = new Budget();
  private final StringBuilder out = new StringBuilder();
  private final Expressions expressions;
  private int depth;

  private Evaluator(
      ParsedTemplate template, GoMap data, @Nullable Consumer<TemplateException> strict) {
    this.template = template;
    this.expressions = new Expressions(template.name(), data, strict, budget);
  }

  static String render(
      ParsedTemplate template, GoMap data, @Nullable Consumer<TemplateException> strict) {
    Evaluator evaluator = new Evaluator(template, data, strict);
    try {
      evaluator.all(template.parts());
    } catch (IllegalArgumentException e) {
      throw evaluator.expressions.error(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw evaluator.expressions.error("nested too deep for the stack of this thread");
    }
    return evaluator.out.toString();
  }

  private Flow all(List<Part> parts) {
    for (Part part : parts) {
      budget.step();
      Flow flow = one(part);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow one(Part part) {
    if (part instanceof Part.Text text) {
      write(text.text());
    } else if (part instanceof Part.Print print) {
      print(print.pipeline());
    } else if (part instanceof Part.Choice choice) {
      return choice(choice);
    } else if (part instanceof Part.Loop loop) {
      return loop(loop);
    } else if (part instanceof Part.Include include) {
      include(include);
    } else {
      return part instanceof Part.Break ? Flow.BREAK : Flow.CONTINUE;
    }
    return Flow.ON;
  }

  private void print(Pipeline pipeline) {
    Object value = expressions.value(pipeline);
    if (!pipeline.variables().isEmpty()) {
      return;
    }
    if (Missing.isNil(value)) {
      expressions.reportNoValue(value);
      write("<no value>");
    } else {
      write(GoValues.print(value, budget));
    }
  }

  private void write(String text) {
    Budget.length((long) out.length() + text.length());
    out.append(text);
  }

  private Flow choice(Part.Choice choice) {
    int scope = expressions.variables().mark();
    Object outer = expressions.dot();
    List<Part> chosen = choice.otherwise();
    for (Part.Branch branch : choice.branches()) {
      Object value = expressions.value(branch.condition());
      if (GoValues.isTrue(value)) {
        chosen = branch.body();
        expressions.setDot(branch.movesDot() ? value : outer);
        break;
      }
    }
    Flow flow = all(chosen);
    expressions.setDot(outer);
    expressions.variables().release(scope);
    return flow;
  }

  private Flow loop(Part.Loop loop) {
    Variables variables = expressions.variables();
    int scope = variables.mark();
    Object outer = expressions.dot();
    Rounds rounds = Rounds.over(expressions.value(loop.items()));
    Flow flow = Flow.ON;
    if (rounds.size() == 0) {
      flow = all(loop.otherwise());
    }
    int inner = variables.mark();
    for (long i = 0; i < rounds.size(); i++) {
      budget.round();
      Object value = rounds.value(i);
      expressions.setDot(value);
      variables.take(loop.items(), rounds.key(i), value);
      Flow round = all(loop.body());
      variables.release(inner);
      if (round == Flow.BREAK) {
        break;
      }
    }
    expressions.setDot(outer);
    variables.release(scope);
    return flow;
  }

  private void include(Part.Include include) {
    expressions.at(include.line());
    List<Part> parts = template.defined().get(include.template());
    if (parts == null) {
      throw expressions.unknownTemplate(include.template(), template.defined().keySet());
    }
    if (++depth > Budget.DEEPEST) {
      throw expressions.error("templates call each other deeper than " + Budget.DEEPEST);
    }
    Object outerDot = expressions.dot();
    Object dot = include.dot() == null ? null : expressions.value(include.dot());
    Variables outer = expressions.enter(dot);
    all(parts);
    expressions.leave(outer, outerDot);
    depth--;
  }
}
