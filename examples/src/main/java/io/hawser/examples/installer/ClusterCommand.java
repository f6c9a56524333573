package io.hawser.examples.installer;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.image.ImageException;
import io.hawser.host.ClusterLockedException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands do: read the Clusterfile, reach the hosts, print the table, write the JSON. */
abstract class ClusterCommand implements Callable<Integer> {
  @Mixin private ClusterOptions options = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws IOException {
    HawserCommand root = (HawserCommand) spec.root().userObject();
    options.in(root.surroundings());
    Cluster cluster;
    try {
      options.login().read(options.surroundings().terminal(), err());
      Clusterfile clusterfile = clusterfile();
      clusterfile.warnings().forEach(warning -> err().println("warning: " + warning));
      cluster = options.ready(clusterfile.cluster());
      options.check(cluster);
      check(cluster);
    } catch (ClusterfileException | ImageException | IllegalArgumentException e) {
      // Whatever is wrong before the first host is contacted is wrong in the input.
      return ended(HawserCommand.BAD_INPUT, e.getMessage());
    }
    return reach(cluster);
  }

  /** Works on the hosts. Ctrl-C ends that in order: the JVM waits until all is said. */
  private int reach(Cluster cluster) throws IOException {
    Interruption interruption = Interruption.ofThisThread();
    try {
      return connected(cluster);
    } finally {
      interruption.end();
    }
  }

  private int connected(Cluster cluster) throws IOException {
    try (SshClient ssh = options.connect()) {
      int status = run(cluster, ssh);
      output().document(OutputOptions.ending(status, null));
      return status;
    } catch (CancelledException e) {
      return ended(HawserCommand.INTERRUPTED, e.getMessage() + "\n" + afterInterruption());
    } catch (ClusterLockedException e) {
      return ended(HawserCommand.LOCKED, e.getMessage());
    } catch (HawserException | IOException | UncheckedIOException | IllegalArgumentException e) {
      return ended(HawserCommand.FAILED, HawserCommand.words(e));
    }
  }

  private int ended(int status, @Nullable String message) throws IOException {
    err().println(message);
    String document = OutputOptions.ending(status, message);
    output().document(document);
    if (status != HawserCommand.BAD_INPUT) {
      options.writeJson(document);
    }
    return status;
  }

  /** What state is left when this is interrupted, and what to do next. */
  String afterInterruption() {
    return "Interrupted: what ran on the hosts was told to stop. What is done stays, and each"
        + " host's journal knows it.\n"
        + "Run the same command again to go on from there, or "
        + resetCommand()
        + " to take everything back.";
  }

  /** How a person takes everything back. */
  final String resetCommand() {
    return "hawser reset " + options.input().words();
  }

  /** The Clusterfile that this is about. */
  Clusterfile clusterfile() {
    return options.clusterfile(needsImages());
  }

  /** Finds what is wrong in the command's own words before anything is done on a host. */
  void check(Cluster cluster) {}

  /** Whether the trees of the images must be there; only what goes back can do without them. */
  boolean needsImages() {
    return true;
  }

  abstract int run(Cluster cluster, SshClient ssh) throws IOException;

  final ClusterOptions options() {
    return options;
  }

  /** Where people read; that is stderr when stdout is for a program. */
  final PrintWriter out() {
    return output().human();
  }

  final PrintWriter err() {
    return output().err();
  }

  private OutputOptions output() {
    return options.output().to(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  final List<String> addresses(Cluster cluster) {
    return Addresses.of(cluster);
  }

  /** Runs a phase and prints its table; a failure is in the report, like everything else. */
  final Report phase(String name, Supplier<Report> work) {
    return phase(name, Report.empty(), work);
  }

  /** The same of rows that were not shown before. */
  final Report phase(String name, Report before, Supplier<Report> work) {
    out().println("== " + name);
    out().flush();
    Report report;
    try {
      report = work.get();
    } catch (BootstrapException e) {
      report = e.report();
    } catch (FilesystemException e) {
      report = e.report();
    } finally {
      options.steps().end();
    }
    if (output().isQuiet() && !report.succeeded()) {
      err().print("== " + name + "\n" + Report.of(report.failures()).toTable());
    }
    out().print(output().table(before, report));
    out().flush();
    return report;
  }

  /** The last lines, the JSON and the exit status of a whole run. */
  final int conclude(Report report) throws IOException {
    options.write(report);
    out().println("\n== in all");
    out().print(report.recap());
    long failed = report.failures().stream().map(HostResult::host).distinct().count();
    long changed =
        report.results().stream().filter(result -> result.status() == Status.CHANGED).count();
    String last =
        failed > 0
            ? "failed on " + failed + (failed == 1 ? " host" : " hosts")
            : changed == 0 ? "nothing had to change" : "done, " + changed + " steps changed hosts";
    out().println("\n" + last);
    out().flush();
    return failed > 0 ? HawserCommand.FAILED : HawserCommand.DONE;
  }
}
