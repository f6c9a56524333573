package io.hawser.template;

import io.hawser.HawserException;

/** A template cannot be parsed or rendered. The message starts with {@code file:line}. */
public final class TemplateException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  /** Makes an exception for a line of a template. */
  public TemplateException(String file, int line, String message) {
    super(file + ":" + line + ": " + message);
    this.file = file;
    this.line = line;
  }

  /** The template's name as given. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}
