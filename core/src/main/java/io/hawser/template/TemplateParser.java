package io.hawser.template;

import io.hawser.template.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the parts of a template; every mistake that Go finds before it runs is found here. */
final class TemplateParser {
  private final TokenCursor cursor;
  private final PipelineParser pipelines;
  private final Map<String, List<Part>> defined = new HashMap<>();
  private int loops;

  private TemplateParser(TokenCursor cursor, Functions functions) {
    this.cursor = cursor;
    this.pipelines = new PipelineParser(cursor, functions);
  }

  static ParsedTemplate parse(String text, String name, Functions functions) {
    TemplateParser parser = new TemplateParser(new TokenCursor(text, name), functions);
    List<Part> parts = parser.whole();
    parser.define(name, parts);
    return new ParsedTemplate(name, parts, Map.copyOf(parser.defined));
  }

  private List<Part> whole() {
    List<Part> parts = new ArrayList<>();
    while (cursor.peek().kind() != Kind.END) {
      if (cursor.atAction("define")) {
        cursor.open();
        definition();
      } else if (cursor.atAction("else") || cursor.atAction("end")) {
        throw cursor.error("unexpected {{" + cursor.open().text() + "}}: no block is open");
      } else {
        parts.add(part());
      }
    }
    return List.copyOf(parts);
  }

  /** Parts up to the end, or to an action that starts with {@code else} or {@code end}. */
  private List<Part> parts() {
    cursor.enter();
    List<Part> parts = new ArrayList<>();
    while (cursor.peek().kind() != Kind.END
        && !cursor.atAction("else")
        && !cursor.atAction("end")) {
      parts.add(part());
    }
    cursor.leave();
    return List.copyOf(parts);
  }

  private Part part() {
    Token token = cursor.next();
    return token.kind() == Kind.TEXT ? new Part.Text(token.text()) : action();
  }

  private Part action() {
    Token first = cursor.peek();
    return switch (first.kind() == Kind.WORD ? first.text() : "") {
      case "if", "with" -> choice();
      case "range" -> loop();
      case "break", "continue" -> jump();
      case "template" -> include();
      case "block" -> block();
      default -> new Part.Print(condition(1));
    };
  }

  /** A pipeline and the end of its action. */
  private Pipeline condition(int mostVariables) {
    Pipeline pipeline = pipelines.pipeline(Kind.CLOSE, mostVariables);
    cursor.next();
    return pipeline;
  }

  private Part jump() {
    String word = cursor.next().text();
    if (loops == 0) {
      throw cursor.error("{{" + word + "}} outside of {{range}}");
    }
    cursor.expect(Kind.CLOSE, "}} after " + word);
    return word.equals("break") ? new Part.Break() : new Part.Continue();
  }

  private void definition() {
    int line = cursor.peek().line();
    String name = templateName("define");
    cursor.expect(Kind.CLOSE, "}} after the name of a template");
    define(name, ownBody(line));
  }

  private Part block() {
    int line = cursor.next().line();
    String name = templateName("block");
    Pipeline dot = condition(1);
    define(name, ownBody(line));
    return new Part.Include(line, name, dot);
  }

  private Part include() {
    int line = cursor.next().line();
    String name = templateName("template");
    @Nullable Pipeline dot = null;
    if (cursor.peek().kind() == Kind.CLOSE) {
      cursor.next();
    } else {
      dot = condition(1);
    }
    return new Part.Include(line, name, dot);
  }

  private String templateName(String action) {
    if (cursor.peek().kind() != Kind.STRING) {
      throw cursor.error("{{" + action + "}} needs the name of a template in quotes");
    }
    return cursor.next().text();
  }

  /** The body of a template, which sees no variable and no loop from outside. */
  private List<Part> ownBody(int line) {
    int outerLoops = loops;
    loops = 0;
    List<String> outer = pipelines.hide();
    List<Part> body = parts();
    end(line);
    pipelines.restore(outer);
    loops = outerLoops;
    return body;
  }

  /** Like Go, of two templates with one name one must be blank. */
  private void define(String name, List<Part> body) {
    List<Part> former = defined.get(name);
    if (former == null || isBlank(former)) {
      defined.put(name, body);
    } else if (!isBlank(body)) {
      throw cursor.error("template \"" + name + "\" is defined twice");
    }
  }

  private static boolean isBlank(List<Part> parts) {
    return parts.stream().allMatch(p -> p instanceof Part.Text text && text.text().isBlank());
  }

  private Part choice() {
    int scope = pipelines.mark();
    int line = cursor.peek().line();
    List<Part.Branch> branches = new ArrayList<>();
    List<Part> otherwise = List.of();
    branches.add(branch());
    boolean open = true;
    while (open && cursor.atAction("else")) {
      cursor.open();
      if (cursor.peek().isWord("if") || cursor.peek().isWord("with")) {
        branches.add(branch());
      } else {
        otherwise = elseBody();
        open = false;
      }
    }
    end(line);
    pipelines.release(scope);
    return new Part.Choice(List.copyOf(branches), otherwise);
  }

  private Part.Branch branch() {
    boolean movesDot = cursor.next().isWord("with");
    return new Part.Branch(condition(1), movesDot, parts());
  }

  private Part loop() {
    int scope = pipelines.mark();
    int line = cursor.next().line();
    Pipeline items = condition(2);
    loops++;
    List<Part> body = parts();
    loops--;
    List<Part> otherwise = List.of();
    if (cursor.atAction("else")) {
      cursor.open();
      otherwise = elseBody();
    }
    end(line);
    pipelines.release(scope);
    return new Part.Loop(items, body, otherwise);
  }

  private List<Part> elseBody() {
    cursor.expect(Kind.CLOSE, "}} after else");
    return parts();
  }

  private void end(int openedAt) {
    if (!cursor.atAction("end")) {
      throw cursor.error("{{end}} is missing for the block of line " + openedAt);
    }
    cursor.open();
    cursor.expect(Kind.CLOSE, "}} after end");
  }
}
