package io.hawser.template;

import io.hawser.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Builds the parts of a template; every mistake that Go finds before it runs is found here. */
final class TemplateParser {
  private static final Set<String> LATER = Set.of("define", "template", "block");

  private final TokenCursor cursor;
  private final PipelineParser pipelines;
  private int loops;

  private TemplateParser(TokenCursor cursor, Set<String> functions) {
    this.cursor = cursor;
    this.pipelines = new PipelineParser(cursor, functions);
  }

  static List<Part> parse(String text, String name, Set<String> functions) {
    TokenCursor cursor = new TokenCursor(text, name);
    List<Part> parts = new TemplateParser(cursor, functions).parts();
    if (cursor.peek().kind() != Kind.END) {
      throw cursor.error("unexpected {{" + cursor.open().text() + "}}: no block is open");
    }
    return parts;
  }

  /** Parts up to the end, or to an action that starts with {@code else} or {@code end}. */
  private List<Part> parts() {
    cursor.enter();
    List<Part> parts = new ArrayList<>();
    while (cursor.peek().kind() != Kind.END
        && !cursor.atAction("else")
        && !cursor.atAction("end")) {
      Token token = cursor.next();
      parts.add(token.kind() == Kind.TEXT ? new Part.Text(token.text()) : action());
    }
    cursor.leave();
    return List.copyOf(parts);
  }

  private Part action() {
    Token first = cursor.peek();
    if (first.isWord("if") || first.isWord("with")) {
      return choice();
    } else if (first.isWord("range")) {
      return loop();
    } else if (first.isWord("break") || first.isWord("continue")) {
      return jump();
    } else if (first.kind() == Kind.WORD && LATER.contains(first.text())) {
      throw cursor.error("{{" + first.text() + "}} is not supported yet");
    }
    return new Part.Print(condition(1));
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
    return new Part.Branch(condition(1), movesDot, body());
  }

  private Part loop() {
    int scope = pipelines.mark();
    int line = cursor.next().line();
    Pipeline items = condition(2);
    loops++;
    List<Part> body = body();
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
    return body();
  }

  private List<Part> body() {
    int scope = pipelines.mark();
    List<Part> parts = parts();
    pipelines.release(scope);
    return parts;
  }

  private void end(int openedAt) {
    if (!cursor.atAction("end")) {
      throw cursor.error("{{end}} is missing for the block of line " + openedAt);
    }
    cursor.open();
    cursor.expect(Kind.CLOSE, "}} after end");
  }
}
