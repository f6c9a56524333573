package io.hawser.template;

import io.hawser.HawserException;
import org.jspecify.annotations.Nullable;

/** A template cannot be parsed or rendered. The message starts with {@code file:line}. */
public final class TemplateException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String reason;

  /** Makes an exception for a line of a template. */
  public TemplateException(String file, int line, String message) {
    this(file, line, message, null);
  }

  /** Makes an exception for a line of a template, with what to write instead. */
  public TemplateException(String file, int line, String reason, @Nullable String hint) {
    super(file + ":" + line + ": " + reason + (hint == null ? "" : " (" + hint + ")"));
    this.file = file;
    this.line = line;
    this.reason = reason;
  }

  /** The template's name as given. */
  public String file() {
    return file;
  }

  /** What is wrong, without file, line and hint. */
  public String reason() {
    return reason;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}
