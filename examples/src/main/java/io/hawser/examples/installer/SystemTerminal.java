package io.hawser.examples.installer;

import io.hawser.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The terminal that the JVM was started on. */
final class SystemTerminal implements Terminal {
  /** As much as a password may be, so that a wrong file does not fill the memory. */
  private static final int MOST = 64 * 1024;

  @Override
  public boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From JDK 22 on there may be a console without a terminal, which says so itself. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  @Override
  public String line() {
    String line = System.console().readLine();
    return line == null ? "" : line;
  }

  @Override
  public Secret hiddenLine() {
    char[] typed = System.console().readPassword();
    return Secret.of(typed == null ? "" : new String(typed));
  }

  @Override
  public String input() throws IOException {
    return new String(System.in.readNBytes(MOST), StandardCharsets.UTF_8);
  }
}
