package io.hawser.template;

import io.hawser.spelling.NearestWord;
import io.hawser.template.Pipeline.Command;
import io.hawser.template.Pipeline.Operand;
import io.hawser.template.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private static final Set<String> KEYWORDS =
      Set.of("block", "define", "else", "end", "if", "range", "template", "with");

  private final TokenCursor cursor;
  private final Functions functions;
  private final List<String> variables = new ArrayList<>(List.of(""));

  PipelineParser(TokenCursor cursor, Functions functions) {
    this.cursor = cursor;
    this.functions = functions;
  }

  int mark() {
    return variables.size();
  }

  void release(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  /** Forgets all variables, for a template of its own; returns them for {@link #restore}. */
  List<String> hide() {
    List<String> outer = List.copyOf(variables);
    release(1);
    return outer;
  }

  void restore(List<String> outer) {
    variables.clear();
    variables.addAll(outer);
  }

  /** A pipeline up to, not including, its closing token. */
  Pipeline pipeline(Kind close, int mostVariables) {
    cursor.enter();
    int line = cursor.peek().line();
    List<String> targets = targets(mostVariables);
    boolean assigns = !targets.isEmpty() && cursor.next().kind() == Kind.ASSIGN;
    variables.addAll(targets);
    List<Command> commands = new ArrayList<>();
    while (cursor.peek().kind() != close) {
      Command command = command();
      if (!commands.isEmpty() && !Pipeline.isExecutable(command.first())) {
        throw cursor.error("a value is piped into what is no function");
      }
      commands.add(command);
      if (cursor.peek().kind() == Kind.PIPE) {
        cursor.next();
      } else if (cursor.peek().kind() != close) {
        throw unexpected();
      }
    }
    if (commands.isEmpty()) {
      throw cursor.error("a value is missing");
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
        if (names.size() > most) {
          throw cursor.error("too many variables on the left of \"" + cursor.peek().text() + "\"");
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

  private Command command() {
    List<Operand> operands = new ArrayList<>();
    do {
      if (!operands.isEmpty() && !cursor.peek().spaced()) {
        throw unexpected();
      }
      operands.add(operand());
    } while (STARTS_OPERAND.contains(cursor.peek().kind()));
    return new Command(operands.get(0), List.copyOf(operands.subList(1, operands.size())));
  }

  private Operand operand() {
    Token token = cursor.peek();
    if (!STARTS_OPERAND.contains(token.kind())) {
      throw unexpected();
    }
    cursor.next();
    Operand operand = operand(token);
    if (cursor.peek().kind() == Kind.FIELD && !cursor.peek().spaced()) {
      throw unexpected();
    }
    return operand;
  }

  private Operand operand(Token token) {
    int line = token.line();
    return switch (token.kind()) {
      case STRING -> new Operand.Constant(token.text());
      case NUMBER -> number(NumberLiteral.of(token.text()), token);
      case CHARACTER -> number(character(token.text()), token);
      case WORD -> word(token);
      case DOT -> new Operand.Dot(line, List.of());
      case FIELD -> new Operand.Dot(line, fields(token.text()));
      case VARIABLE -> {
        known(token.text());
        yield new Operand.Variable(line, token.text(), fields());
      }
      case LEFT -> {
        Pipeline inner = pipeline(Kind.RIGHT, 1);
        cursor.next();
        yield new Operand.Nested(line, inner, fields());
      }
      default -> throw new AssertionError(token);
    };
  }

  private Operand number(@Nullable NumberLiteral literal, Token token) {
    if (literal == null) {
      throw cursor.error("bad number \"" + token.text() + "\"");
    }
    return new Operand.Numeral(literal);
  }

  private NumberLiteral character(String text) {
    if (text.codePointCount(0, text.length()) != 1) {
      throw cursor.error("a character literal holds one character");
    }
    return NumberLiteral.ofCharacter(text.codePointAt(0));
  }

  private Operand word(Token token) {
    String word = token.text();
    if (KEYWORDS.contains(word)) {
      throw cursor.error("unexpected {{" + word + "}} in an action");
    }
    return switch (word) {
      case "true" -> new Operand.Constant(true);
      case "false" -> new Operand.Constant(false);
      case "nil" -> new Operand.Nil();
      default -> new Operand.Call(token.line(), function(word), fields());
    };
  }

  private Function function(String name) {
    Function function = functions.get(name);
    if (function == null) {
      String why = Functions.whyNot(name);
      String hint = why != null ? why : NearestWord.hint(name, functions.names());
      throw cursor.error("unknown function \"" + name + "\" (" + hint + ")");
    }
    return function;
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

  private TemplateException unexpected() {
    return cursor.error("unexpected \"" + cursor.peek().text() + "\" in an action");
  }
}
