package io.hawser.ssh;

/** Quotes text for a POSIX shell. The one place of Hawser that does. */
public final class ShellQuote {
  private ShellQuote() {}

  /** The text as one shell word that stands for exactly itself. */
  public static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The text as it is where no shell would change it, else quoted: for messages to people. */
  public static String forPeople(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : quote(text);
  }
}
