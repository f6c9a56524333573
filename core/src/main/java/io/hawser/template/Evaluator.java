package io.hawser.template;

import io.hawser.spelling.NearestWord;
import io.hawser.template.Pipeline.Command;
import io.hawser.template.Pipeline.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks the parts of a template and writes its output. One per rendering. */
final class Evaluator {
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final String name;
  private final Map<String, @Nullable Object> data;

  /** Takes the missing keys that would be printed; null where Go's {@code <no value>} is wanted. */
  private final @Nullable Consumer<TemplateException> strict;

  private final StringBuilder out = new StringBuilder();
  private final Variables variables;
  private final Budget budget = new Budget();
  private @Nullable Object dot;
  private int line = 1;

  private Evaluator(
      String name,
      Map<String, @Nullable Object> data,
      @Nullable Consumer<TemplateException> strict) {
    this.name = name;
    this.data = data;
    this.strict = strict;
    this.dot = data;
    this.variables = new Variables(data);
  }

  static String render(
      List<Part> parts,
      String name,
      Map<String, @Nullable Object> data,
      @Nullable Consumer<TemplateException> strict) {
    Evaluator evaluator = new Evaluator(name, data, strict);
    try {
      evaluator.all(parts);
    } catch (IllegalArgumentException e) {
      throw new TemplateException(name, evaluator.line, String.valueOf(e.getMessage()));
    }
    return evaluator.out.toString();
  }

  private Flow all(List<Part> parts) {
    int scope = variables.mark();
    for (Part part : parts) {
      Flow flow = one(part);
      if (flow != Flow.ON) {
        variables.release(scope);
        return flow;
      }
    }
    variables.release(scope);
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
    } else {
      return part instanceof Part.Break ? Flow.BREAK : Flow.CONTINUE;
    }
    return Flow.ON;
  }

  private void print(Pipeline pipeline) {
    Object value = value(pipeline);
    variables.take(pipeline, value);
    if (!pipeline.variables().isEmpty()) {
      return;
    }
    if (Missing.isNil(value)) {
      if (strict != null) {
        strict.accept(noValue(value));
      }
      write("<no value>");
    } else {
      write(value instanceof String text ? text : GoValues.print(value));
    }
  }

  private TemplateException noValue(@Nullable Object value) {
    return value instanceof Missing missing
        ? new TemplateException(name, line, missingKey(missing), hint(missing))
        : new TemplateException(name, line, "the action has no value");
  }

  private static String missingKey(Missing missing) {
    return "key \"" + missing.key() + "\" is missing";
  }

  private String hint(Missing missing) {
    return NearestWord.hint(missing.key(), data.keySet());
  }

  private void write(String text) {
    Budget.length((long) out.length() + text.length());
    out.append(text);
  }

  private Flow choice(Part.Choice choice) {
    int scope = variables.mark();
    Object outer = dot;
    List<Part> chosen = choice.otherwise();
    for (Part.Branch branch : choice.branches()) {
      Object value = value(branch.condition());
      variables.take(branch.condition(), value);
      if (GoValues.isTrue(value)) {
        chosen = branch.body();
        dot = branch.movesDot() ? value : outer;
        break;
      }
    }
    Flow flow = all(chosen);
    dot = outer;
    variables.release(scope);
    return flow;
  }

  private Flow loop(Part.Loop loop) {
    Object outer = dot;
    Rounds rounds = Rounds.over(value(loop.items()));
    Flow flow = Flow.ON;
    if (rounds.size() == 0) {
      flow = all(loop.otherwise());
    }
    for (long i = 0; i < rounds.size(); i++) {
      budget.round();
      int scope = variables.mark();
      dot = rounds.value(i);
      variables.take(loop.items(), rounds.key(i), dot);
      Flow round = all(loop.body());
      variables.release(scope);
      if (round == Flow.BREAK) {
        break;
      }
    }
    dot = outer;
    return flow;
  }

  private @Nullable Object value(Pipeline pipeline) {
    line = pipeline.line();
    Object value = null;
    for (int i = 0; i < pipeline.commands().size(); i++) {
      value = value(pipeline.commands().get(i), i > 0, value);
    }
    return value;
  }

  private @Nullable Object value(Command command, boolean piped, @Nullable Object last) {
    Operand first = command.operands().get(0);
    if (!(first instanceof Operand.Call call)) {
      if (piped) {
        throw new IllegalArgumentException("a value is piped into what is no function");
      }
      return value(first);
    }
    List<Operand> operands = command.operands().subList(1, command.operands().size());
    if (call.function().equals("and") || call.function().equals("or")) {
      return shortCircuit(call.function().equals("and"), operands, piped, last);
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Operand operand : operands) {
      arguments.add(value(operand));
    }
    if (piped) {
      arguments.add(last);
    }
    return call(call.function(), arguments);
  }

  private @Nullable Object shortCircuit(
      boolean and, List<Operand> operands, boolean piped, @Nullable Object last) {
    if (operands.isEmpty() && !piped) {
      throw new IllegalArgumentException((and ? "and" : "or") + " needs an argument");
    }
    Object value = null;
    for (Operand operand : operands) {
      value = value(operand);
      if (GoValues.isTrue(value) != and) {
        return value;
      }
    }
    return piped ? last : value;
  }

  private @Nullable Object call(String function, List<@Nullable Object> values) {
    List<Missing> missing =
        values.stream().filter(Missing.class::isInstance).map(Missing.class::cast).toList();
    if (strict != null && !missing.isEmpty() && !Functions.takesNil(function)) {
      missing.forEach(key -> strict.accept(noValue(key)));
      // Reported, so the function is left out rather than failing for the same reason.
      return "";
    }
    try {
      return Functions.call(function, new Arguments(values), budget);
    } catch (IllegalArgumentException e) {
      StringBuilder message = new StringBuilder(function).append(": ").append(e.getMessage());
      missing.forEach(
          key ->
              message
                  .append("; ")
                  .append(missingKey(key))
                  .append(" (")
                  .append(hint(key))
                  .append(')'));
      throw new IllegalArgumentException(message.toString(), e);
    }
  }

  private @Nullable Object value(Operand operand) {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    } else if (operand instanceof Operand.Dot path) {
      return fields(dot, path.fields());
    } else if (operand instanceof Operand.Variable variable) {
      return fields(variables.get(variable.name()), variable.fields());
    } else if (operand instanceof Operand.Nested nested) {
      Object value = value(nested.pipeline());
      variables.take(nested.pipeline(), value);
      return fields(value, nested.fields());
    }
    return call(((Operand.Call) operand).function(), List.of());
  }

  private @Nullable Object fields(@Nullable Object start, List<String> path) {
    Object value = start;
    StringBuilder key = new StringBuilder();
    for (String field : path) {
      key.append(key.isEmpty() ? "" : ".").append(field);
      if (field.equals("Env") && !data.containsKey(field) && data.equals(value)) {
        // sealos's remote renderer offers the environment under this name, too.
        continue;
      }
      if (value instanceof Map<?, ?> map) {
        value = map.get(field) == null ? new Missing(key.toString()) : map.get(field);
      } else if (Missing.isNil(value)) {
        value = new Missing(key.toString());
      } else {
        throw new IllegalArgumentException(
            "there is no field \"" + field + "\" in a " + GoValues.type(value));
      }
    }
    return value;
  }
}
