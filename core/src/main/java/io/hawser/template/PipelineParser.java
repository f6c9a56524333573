package io.hawser.template;

import io.hawser.spelling.NearestWord;
import io.hawser.template.Pipeline.Command;
import io.hawser.template.Pipeline.Operand;
import io.hawser.template.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Builds pipelines, and knows which variables are visible where. */
final class PipelineParser {
  private static final Set<Kind> STARTS_OPERAND =
      EnumSet.of(
          Kind.STRING,
          Kind.NUMBER,
          Kind.CHARACTER,
          Kind.WORD,
          Kind.DOT,
          Kind.FIELD,
          Kind.VARIABLE,
          Kind.LEFT);

  private final TokenCursor cursor;
  private final Set<String> functions;
  private final List<String> variables = new ArrayList<>(List.of(""));

  PipelineParser(TokenCursor cursor, Set<String> functions) {
    this.cursor = cursor;
    this.functions = functions;
  }

  int mark() {
    return variables.size();
  }

  void release(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  /** A pipeline up to, not including, its closing token. */
  Pipeline pipeline(Kind close, int mostVariables) {
    cursor.enter();
    int line = cursor.peek().line();
    List<String> targets = targets(mostVariables);
    boolean assigns = false;
    if (!targets.isEmpty()) {
      assigns = cursor.next().kind() == Kind.ASSIGN;
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command(close));
    while (cursor.peek().kind() == Kind.PIPE) {
      cursor.next();
      commands.add(command(close));
    }
    for (String target : targets) {
      if (assigns) {
        known(target);
      } else {
        variables.add(target);
      }
    }
    cursor.leave();
    return new Pipeline(line, targets, assigns, List.copyOf(commands));
  }

  private List<String> targets(int most) {
    int start = cursor.at();
    List<String> names = new ArrayList<>();
    while (cursor.peek().kind() == Kind.VARIABLE) {
      names.add(cursor.next().text());
      Kind kind = cursor.peek().kind();
      if (kind == Kind.DECLARE || kind == Kind.ASSIGN) {
        if (names.size() > most || names.contains("")) {
          throw cursor.error(
              "too many variables, or \"$\", on the left of \"" + cursor.peek().text() + "\"");
        }
        return List.copyOf(names);
      }
      if (kind != Kind.COMMA) {
        break;
      }
      cursor.next();
    }
    cursor.moveTo(start);
    return List.of();
  }

  private Command command(Kind close) {
    List<Operand> operands = new ArrayList<>();
    while (cursor.peek().kind() != Kind.PIPE && cursor.peek().kind() != close) {
      if (!operands.isEmpty() && !cursor.peek().spaced() && cursor.peek().kind() != Kind.LEFT) {
        throw cursor.error("unexpected \"" + cursor.peek().text() + "\" in an operand");
      }
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      throw cursor.error("a value is missing");
    }
    boolean calls = operands.get(0) instanceof Operand.Call;
    if (!calls && operands.size() > 1) {
      throw cursor.error("only a function takes arguments");
    }
    return new Command(List.copyOf(operands));
  }

  private Operand operand() {
    Token token = cursor.peek();
    if (!STARTS_OPERAND.contains(token.kind())) {
      throw cursor.error("unexpected \"" + token.text() + "\" in an action");
    }
    cursor.next();
    return switch (token.kind()) {
      case STRING -> new Operand.Constant(token.text());
      case NUMBER ->
          new Operand.Constant(GoLiterals.number(token.text(), cursor.name(), token.line()));
      case CHARACTER -> new Operand.Constant(character(token.text()));
      case WORD -> word(token.text());
      case DOT -> new Operand.Dot(List.of());
      case FIELD -> new Operand.Dot(fields(token.text()));
      case VARIABLE -> {
        known(token.text());
        yield new Operand.Variable(token.text(), fields());
      }
      case LEFT -> {
        Pipeline inner = pipeline(Kind.RIGHT, 1);
        cursor.next();
        yield new Operand.Nested(inner, fields());
      }
      default -> throw new AssertionError(token);
    };
  }

  private Object character(String text) {
    if (text.codePointCount(0, text.length()) != 1) {
      throw cursor.error("a character literal holds one character");
    }
    return (long) text.codePointAt(0);
  }

  private Operand word(String word) {
    return switch (word) {
      case "true" -> new Operand.Constant(true);
      case "false" -> new Operand.Constant(false);
      case "nil" -> new Operand.Constant(null);
      default -> {
        if (!functions.contains(word)) {
          throw cursor.error(
              "unknown function \"" + word + "\" (" + NearestWord.hint(word, functions) + ")");
        }
        yield new Operand.Call(word);
      }
    };
  }

  private List<String> fields(String... first) {
    List<String> names = new ArrayList<>(List.of(first));
    while (cursor.peek().kind() == Kind.FIELD && !cursor.peek().spaced()) {
      names.add(cursor.next().text());
    }
    return List.copyOf(names);
  }

  private void known(String variable) {
    if (!variables.contains(variable)) {
      throw cursor.error("undefined variable \"$" + variable + "\"");
    }
  }
}
