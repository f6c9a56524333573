package io.hawser.template;

/**
 * One word of a template.
 *
 * @param kind what it is
 * @param text as written; for literals the value without quotes
 * @param line the line it starts on, from 1
 * @param spaced whether white space stands before it, which tells {@code .a .b} from {@code .a.b}
 */
record Token(Kind kind, String text, int line, boolean spaced) {
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  enum Kind {
    /** Text outside of actions. */
    TEXT,
    OPEN,
    CLOSE,
    /** A function, keyword or constant. */
    WORD,
    /** {@code .name}; the text is the name. */
    FIELD,
    /** {@code $name} or {@code $}; the text is the name without the dollar. */
    VARIABLE,
    DOT,
    STRING,
    NUMBER,
    CHARACTER,
    PIPE,
    LEFT,
    RIGHT,
    COMMA,
    DECLARE,
    ASSIGN,
    END
  }
}
