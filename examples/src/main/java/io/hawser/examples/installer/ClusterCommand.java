package io.hawser.examples.installer;

import io.hawser.bootstrap.BootstrapException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.image.ImageException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands do: read the Clusterfile, reach the hosts, print the table, write the JSON. */
abstract class ClusterCommand implements Callable<Integer> {
  @Mixin private ClusterOptions options = new ClusterOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() throws IOException {
    Cluster cluster;
    try {
      Clusterfile clusterfile = options.clusterfile(needsImages());
      clusterfile.warnings().forEach(warning -> err().println("warning: " + warning));
      cluster = clusterfile.cluster();
      options.check(cluster);
      check(cluster);
    } catch (ClusterfileException | ImageException | IllegalArgumentException e) {
      // Whatever is wrong before the first host is contacted is wrong in the input.
      err().println(e.getMessage());
      return HawserCommand.BAD_INPUT;
    }
    try (SshClient ssh = options.connect()) {
      return run(cluster, ssh);
    }
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

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final List<String> addresses(Cluster cluster) {
    return cluster.hosts().stream().map(ClusterCommand::address).toList();
  }

  private static String address(Host host) {
    String ip = host.address();
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + host.ssh().port();
  }

  /** Runs a phase and prints its table; a failure is in the report, like everything else. */
  final Report phase(String name, Supplier<Report> work) {
    out().println("== " + name);
    Report report;
    try {
      report = work.get();
    } catch (BootstrapException e) {
      report = e.report();
    } catch (FilesystemException e) {
      report = e.report();
    }
    out().print(report.toTable());
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
    out().println();
    if (failed > 0) {
      out().println("failed on " + failed + (failed == 1 ? " host" : " hosts"));
      return HawserCommand.FAILED;
    }
    out()
        .println(
            changed == 0 ? "nothing had to change" : "done, " + changed + " steps changed hosts");
    return HawserCommand.DONE;
  }
}
