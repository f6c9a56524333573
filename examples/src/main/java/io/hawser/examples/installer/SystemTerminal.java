package io.hawser.examples.installer;

import io.hawser.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The terminal that the JVM was started on. */
final class SystemTerminal implements Terminal {
  /** As much as a password may be, so that a wrong file does not fill the memory. */
  private static final int MOST = 64 * 1024;

  // Before JDK 22 there is none without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(SystemTerminal::isTerminal);
  }

  @Override
  public boolean isInteractive() {
    return console().isPresent();
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
    return console().map(Console::readLine).orElse("");
  }

  @Override
  public Secret hiddenLine() {
    return Secret.of(console().map(Console::readPassword).map(String::new).orElse(""));
  }

  @Override
  public String input() throws IOException {
    return new String(System.in.readNBytes(MOST), StandardCharsets.UTF_8);
  }
}
