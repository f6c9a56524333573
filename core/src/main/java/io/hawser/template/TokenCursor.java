package io.hawser.template;

import io.hawser.template.Token.Kind;
import java.util.List;

/** A place in the tokens of a template, and how deep the parser is nested there. */
final class TokenCursor {
  private static final int DEEPEST = 200;

  private final List<Token> tokens;
  private final String name;
  private int at;
  private int depth;

  TokenCursor(String text, String name) {
    this.tokens = TemplateLexer.tokens(text, name);
    this.name = name;
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Whether an action that starts with this word comes next. */
  boolean atAction(String word) {
    return peek().kind() == Kind.OPEN && tokens.get(at + 1).isWord(word);
  }

  /** Steps over the start of an action and its first word, which is returned. */
  Token open() {
    next();
    return next();
  }

  void expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw error("expected " + what);
    }
    next();
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw error("nested deeper than " + DEEPEST + " levels");
    }
  }

  void leave() {
    depth--;
  }

  TemplateException error(String message) {
    return new TemplateException(name, peek().line(), message);
  }

  /** The template's name. */
  String name() {
    return name;
  }
}
