package io.hawser.template;

import io.hawser.spelling.NearestWord;
import io.hawser.template.Pipeline.Command;
import io.hawser.template.Pipeline.Operand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the values of pipelines. */
final class Expressions {
  private static final int MOST_REPORTED = 1_000;

  private final String name;
  private final GoMap data;
  private final Budget budget;

  /** Takes the missing keys that would be printed; null where Go's {@code <no value>} is wanted. */
  private final @Nullable Consumer<TemplateException> strict;

  private final Set<String> reported = new HashSet<>();
  private Variables variables;
  private @Nullable Object dot;
  private int line = 1;

  Expressions(
      String name, GoMap data, @Nullable Consumer<TemplateException> strict, Budget budget) {
    this.name = name;
    this.data = data;
    this.strict = strict;
    this.budget = budget;
    this.dot = data;
    this.variables = new Variables(data);
  }

  Variables variables() {
    return variables;
  }

  @Nullable Object dot() {
    return dot;
  }

  void setDot(@Nullable Object value) {
    dot = value;
  }

  /** Notes the line that messages name from now on. */
  void at(int here) {
    line = here;
  }

  /** Goes into another template, which sees no variable but {@code $}; returns those of this. */
  Variables enter(@Nullable Object newDot) {
    Variables outer = variables;
    variables = new Variables(newDot);
    dot = newDot;
    return outer;
  }

  void leave(Variables outer, @Nullable Object outerDot) {
    variables = outer;
    dot = outerDot;
  }

  /** The value of a pipeline, which also sets its variables. */
  @Nullable Object value(Pipeline pipeline) {
    line = pipeline.line();
    Object value = null;
    for (int i = 0; i < pipeline.commands().size(); i++) {
      value = value(pipeline.commands().get(i), i > 0, value);
      if (Missing.isElement(value)) {
        value = null;
      }
    }
    variables.take(pipeline, value);
    return value;
  }

  private @Nullable Object value(Command command, boolean piped, @Nullable Object last) {
    if (command.first() instanceof Operand.Call call && call.fields().isEmpty()) {
      return call(call, command.arguments(), piped, last);
    }
    Object value = value(command.first());
    if (piped || !command.arguments().isEmpty()) {
      throw error("only a function takes arguments");
    }
    return value;
  }

  private @Nullable Object value(Operand operand) {
    if (operand instanceof Operand.Constant constant) {
      return constant.value();
    } else if (operand instanceof Operand.Dot path) {
      return fields(dot, path.fields(), path.line());
    } else if (operand instanceof Operand.Variable variable) {
      return fields(variables.get(variable.name()), variable.fields(), variable.line());
    } else if (operand instanceof Operand.Nested nested) {
      return fields(value(nested.pipeline()), nested.fields(), nested.line());
    } else if (operand instanceof Operand.Call call) {
      return fields(call(call, List.of(), false, null), call.fields(), call.line());
    } else if (operand instanceof Operand.Numeral number) {
      return number.literal().ideal();
    }
    throw error("nil is no command");
  }

  private @Nullable Object call(
      Operand.Call call, List<Operand> operands, boolean piped, @Nullable Object last) {
    Function function = call.function();
    budget.step();
    line = call.line();
    List<@Nullable Object> values = new ArrayList<>(operands.size() + 1);
    List<Missing> missing = new ArrayList<>(0);
    try {
      function.checkCount(operands.size() + (piped ? 1 : 0));
      String name = function.name();
      if (name.equals(Functions.AND) || name.equals(Functions.OR)) {
        return shortCircuit(name.equals(Functions.AND), operands, piped, last);
      }
      for (int i = 0; i < operands.size(); i++) {
        char type = function.parameter(i);
        values.add(Parameters.take(operands.get(i), i, type, this::value, missing::add));
      }
      line = call.line();
      if (piped) {
        int index = operands.size();
        values.add(Parameters.take(last, index, function.parameter(index), missing::add));
      }
      if (strict != null && !missing.isEmpty() && !function.takesNil()) {
        missing.forEach(this::reportNoValue);
      }
      return function.body().apply(new Arguments(values, budget));
    } catch (IllegalArgumentException e) {
      return failed(function, missing, e);
    }
  }

  private @Nullable Object failed(
      Function function, List<Missing> missing, IllegalArgumentException e) {
    if (strict != null && !missing.isEmpty() && !function.takesNil()) {
      missing.forEach(this::reportNoValue);
      // Reported, so the function is left out rather than failing for the same reason.
      return "";
    }
    String reason = String.valueOf(e.getMessage());
    StringBuilder message = new StringBuilder(function.name());
    message.append(reason.startsWith("needs") ? " " : ": ").append(reason);
    for (Missing key : missing) {
      if (!key.isElement()) {
        message.append("; ").append(missingKey(key)).append(" (").append(hint(key)).append(')');
      }
    }
    throw error(message.toString());
  }

  private @Nullable Object shortCircuit(
      boolean and, List<Operand> operands, boolean piped, @Nullable Object last) {
    Object value = null;
    for (Operand operand : operands) {
      value = operand instanceof Operand.Nil ? null : value(operand);
      if (GoValues.isTrue(value) != and) {
        return value;
      }
    }
    return piped ? last : value;
  }

  private @Nullable Object fields(@Nullable Object start, List<String> path, int here) {
    Object value = start;
    for (int i = 0; i < path.size(); i++) {
      value = field(value, path, i, here);
    }
    return value;
  }

  private @Nullable Object field(@Nullable Object value, List<String> path, int at, int here) {
    String field = path.get(at);
    if (value instanceof GoMap map) {
      Object found = map.get(field);
      if (found != null) {
        return found;
      } else if (map == data && field.equals("Env") && !map.has(field)) {
        // sealos's remote renderer offers the environment under this name, too.
        return data;
      }
      boolean last = at == path.size() - 1;
      return !map.has(field) ? new Missing(key(path, at)) : last ? null : Missing.ELEMENT;
    } else if (value == null || (value instanceof Missing missing && !missing.isElement())) {
      return new Missing(key(path, at));
    } else if (value instanceof Version version) {
      return version.field(field);
    }
    line = here;
    throw error("there is no field \"" + field + "\" in a " + GoValues.type(value));
  }

  private static String key(List<String> path, int at) {
    return String.join(".", path.subList(0, at + 1));
  }

  /** In strict mode, a value that is missing where it would be printed is a problem. */
  void reportNoValue(@Nullable Object value) {
    if (strict == null) {
      return;
    }
    Missing missing = value instanceof Missing found && !found.isElement() ? found : null;
    String reason = missing == null ? "the action has no value" : missingKey(missing);
    // A loop would report the same again and again.
    if (reported.size() < MOST_REPORTED && reported.add(line + reason)) {
      String hint = missing == null ? null : hint(missing);
      strict.accept(new TemplateException(name, line, reason, hint));
    }
  }

  private static String missingKey(Missing missing) {
    return "key \"" + missing.key() + "\" is missing";
  }

  private String hint(Missing missing) {
    List<String> known = new ArrayList<>(data.keys());
    return NearestWord.hint(missing.key(), known);
  }

  TemplateException error(String reason) {
    return new TemplateException(name, line, reason);
  }

  TemplateException unknownTemplate(String template, Collection<String> known) {
    String hint = NearestWord.hint(template, known);
    return new TemplateException(name, line, "no template \"" + template + "\" is defined", hint);
  }
}
