package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.TransferListener;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all commands share, and what is made of them. */
final class ClusterOptions {
  /** The word of {@code --mode}. */
  enum Mode {
    safe,
    sealos
  }

  @Mixin private ClusterfileOptions input = new ClusterfileOptions();
  @Mixin private LoginOptions login = new LoginOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--mode",
      paramLabel = "safe|sealos",
      description =
          "Hawser's own registry (safe, the default) or the rootfs's scripts (sealos); what run was"
              + " told holds for its cluster")
  private @Nullable Mode mode;

  @Option(
      names = "--plain-http",
      description =
          "registries without TLS: who sees the network sees the password (mode sealos always)")
  private boolean plainHttp;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report as JSON to a file")
  private @Nullable Path report;

  @Mixin private ReportFiles files = new ReportFiles();

  @Option(
      names = "--skip-check",
      paramLabel = "NAME",
      description = "leave a check of the preflight out; may be given again")
  private List<String> skipped = new ArrayList<>();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "host keys to trust; ~/.ssh/known_hosts by default")
  private @Nullable Path knownHosts;

  @Option(
      names = "--accept-new-host-keys",
      description = "learn the keys of unknown hosts; changed keys are refused all the same")
  private boolean acceptNew;

  private Surroundings surroundings = Surroundings.real();
  private @Nullable StepLine steps;

  ClusterOptions() {}

  /** Where this runs. */
  void in(Surroundings around) {
    surroundings = around;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  OutputOptions output() {
    return output;
  }

  /** Shows which step ended last. */
  StepLine steps() {
    if (steps == null) {
      steps = new StepLine(output.human(), Ansi.AUTO.enabled());
    }
    return steps;
  }

  ClusterfileOptions input() {
    return input;
  }

  LoginOptions login() {
    return login;
  }

  /** What the command line says, or what the run said that made the cluster. */
  SavedCluster.Choices choices() {
    SavedCluster.Choices kept =
        !input.isNamed() ? saved().choices() : new SavedCluster.Choices(Mode.safe, false);
    return new SavedCluster.Choices(
        mode == null ? kept.mode() : mode, plainHttp || kept.plainHttp());
  }

  /** The cluster as hosts are reached in it: with the secrets that were given. */
  Cluster ready(Cluster cluster) {
    return surroundings.hosts().apply(login.into(cluster));
  }

  /** The Clusterfile that was named, or that of the cluster that {@code run} made. */
  Path file() {
    return input.file(surroundings.home());
  }

  /** Where run keeps the cluster that is meant. */
  SavedCluster saved() {
    return input.saved(surroundings.home());
  }

  /** Reads the Clusterfile with everything it points at, or without the images' trees. */
  Clusterfile clusterfile(boolean withTrees) {
    return input.read(file(), withTrees, strict());
  }

  /** Finds what is wrong in the options before anything is done on a host. */
  void check(Cluster cluster) {
    files.check(registries(cluster).topology());
    Set<String> checks = Bootstraps.preflightChecks().keySet();
    for (String name : skipped) {
      if (!checks.contains(name) || name.equals("reach")) {
        throw new IllegalArgumentException(
            "--skip-check " + name + ": what can be left out is " + String.join(", ", checks));
      }
    }
    OutputFile.check("--report", report);
  }

  SshClient connect() {
    return surroundings.ssh().apply(hostKeys());
  }

  Bootstrap bootstrap(Cluster cluster, SshClient ssh) {
    return bootstraps(cluster, ssh).build();
  }

  Bootstraps.Builder bootstraps(Cluster cluster, SshClient ssh) {
    return Bootstraps.builder(cluster, ssh)
        .mode(registryMode())
        .transport(transport())
        .secrets(surroundings.secrets())
        .strictTemplates(strict())
        .skipChecks(skipped)
        .onStep(steps());
  }

  Filesystem filesystem(Cluster cluster, SshClient ssh, TransferListener listener) {
    return Filesystems.builder(cluster, ssh).strictTemplates(strict()).onProgress(listener).build();
  }

  Registries registries(Cluster cluster) {
    return Registries.builder(cluster)
        .mode(registryMode())
        .transport(transport())
        .secrets(surroundings.secrets())
        .build();
  }

  /** Writes the JSON report where the user wants it: to a file, to stdout with --json, or both. */
  void write(Report result) throws IOException {
    writeJson(result.toJson());
    files.write(result);
  }

  void writeJson(String json) throws IOException {
    if (report != null) {
      Files.writeString(report, json);
    }
    output.document(json);
  }

  private RegistryMode registryMode() {
    return choices().mode() == Mode.safe ? RegistryMode.SAFE : RegistryMode.SEALOS;
  }

  private RegistryTransport transport() {
    SavedCluster.Choices choices = choices();
    return choices.plainHttp() || choices.mode() == Mode.sealos
        ? RegistryTransport.PLAIN_HTTP
        : RegistryTransport.TLS;
  }

  /** An unmodified sealos rootfs may name keys that have no value. */
  boolean strict() {
    return choices().mode() == Mode.safe;
  }

  private HostKeyPolicy hostKeys() {
    if (acceptNew) {
      return HostKeyPolicy.acceptNew(
          knownHosts != null
              ? knownHosts
              : surroundings.home().resolve(".ssh").resolve("known_hosts"));
    }
    return knownHosts != null ? HostKeyPolicy.strict(knownHosts) : HostKeyPolicy.strict();
  }
}
