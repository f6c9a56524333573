package io.hawser.examples.installer;

import io.hawser.HawserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A complete small installer on top of Hawser.
 *
 * <p>Exit status: 0 done, 1 something failed on a host (the table says where and why), 2 bad input,
 * 3 changes are pending ({@code plan --detailed-exitcode}), 4 another run has the lock, 130
 * interrupted.
 */
@Command(
    name = "hawser",
    description = "Bootstraps a cluster's registries and nodes over SSH.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    version = "hawser 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      AddCommand.class,
      RemoveCommand.class,
      PlanCommand.class,
      PreflightCommand.class,
      ApplyCommand.class,
      VerifyCommand.class,
      AuditCommand.class,
      RepairCommand.class,
      ResetCommand.class,
      ListCommand.class,
      ExplainEnvCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 something failed on a host (the table says where and",
      "why), 2 bad input, nothing was done, 3 changes are pending (of plan",
      "--detailed-exitcode), 4 another run is changing the cluster, 130 interrupted."
    })
public final class HawserCommand {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int LOCKED = 4;
  static final int INTERRUPTED = 130;

  private final Surroundings surroundings;

  private HawserCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Runs the installer and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, arguments);
    System.exit(status);
  }

  /** Runs the installer on this machine. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(Surroundings.real(), out, err, arguments);
  }

  /** Runs the installer. */
  static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(surroundings)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(HawserCommand::explain)
        .execute(arguments);
  }

  /** What understands the arguments. */
  static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new HawserCommand(surroundings));
  }

  private static int explain(
      Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult) {
    boolean worded =
        e instanceof HawserException
            || e instanceof IOException
            || e instanceof UncheckedIOException
            || e instanceof IllegalArgumentException;
    if (worded) {
      commandLine.getErr().println(e.getMessage());
    } else {
      e.printStackTrace(commandLine.getErr());
    }
    return FAILED;
  }
}
