package io.hawser.ssh;

/**
 * A shell script that travels with its command: it is never a file on the host and its text never
 * stands in an argument list. Runs in a POSIX {@code /bin/sh} with the command's arguments as
 * {@code $1}, {@code $2} and so on.
 *
 * @param name how messages call it, and by which a mock recognises it
 * @param text the script
 */
public record Script(String name, String text) {
  /** Makes a script. */
  public static Script of(CharSequence name, CharSequence text) {
    return new Script(name.toString(), text.toString());
  }

  @Override
  public String toString() {
    return name;
  }
}
