package io.hawser.examples.installer;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in two lines what is wrong with the words of a command, where a whole help would hide it.
 */
final class UsageErrors {
  private UsageErrors() {}

  /** Prints it, and gives the exit status. */
  static int explain(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(message(e, command).replaceAll("\\p{Cntrl}", "?"));
    if (arguments.length == 0) {
      command.usage(err);
    } else {
      UnmatchedArgumentException.printSuggestions(e, err);
      err.println(command.getCommandSpec().qualifiedName() + " --help tells what there is");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException e, CommandLine command) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return String.valueOf(e.getMessage());
    }
    String word = unmatched.getUnmatched().get(0);
    String name = command.getCommandSpec().qualifiedName();
    return word.startsWith("-")
        ? name + " has no option " + word
        : command.getParent() == null
            ? "there is no command " + word
            : name + " does not take " + word;
  }
}
