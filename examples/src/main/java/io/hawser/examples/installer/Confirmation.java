package io.hawser.examples.installer;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether somebody means it. */
final class Confirmation {
  @Option(
      names = {"-y", "--yes", "--force"},
      description = "do not ask; needed where there is no terminal to ask on")
  private boolean yes;

  Confirmation() {}

  /**
   * Asks, unless that was answered by the option.
   *
   * @throws IllegalArgumentException if the answer is no, or nobody can be asked
   */
  void require(Terminal terminal, PrintWriter err, String question) {
    if (yes) {
      return;
    }
    if (!terminal.isInteractive()) {
      throw new IllegalArgumentException(
          question + " Nobody can be asked without a terminal: say --yes if you mean it");
    }
    err.print(question + " [y/N] ");
    err.flush();
    String answer = terminal.line().strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new IllegalArgumentException("not confirmed: nothing was done");
    }
  }
}
