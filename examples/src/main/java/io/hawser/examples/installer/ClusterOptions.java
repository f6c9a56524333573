package io.hawser.examples.installer;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.cluster.Host;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.clusterfile.ClusterfileReader;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.filesystem.image.UnpackedImages;
import io.hawser.host.TransferListener;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all commands share, and what is made of them. */
final class ClusterOptions {
  /** The word of {@code --mode}. */
  enum Mode {
    safe,
    sealos
  }

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "CLUSTERFILE",
      description = "the Clusterfile")
  private Path clusterfile = Path.of("Clusterfile");

  @Option(
      names = "--image",
      paramLabel = "[NAME=]PATH",
      description =
          "the tree of an image, or an archive of it; without NAME the images of the Clusterfile in"
              + " order")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--values",
      paramLabel = "FILE",
      description = "values for a Clusterfile that is a template; of several later ones win")
  private List<Path> values = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "sets single values over all others, as Helm does: a.b=c, list[0]=x, a={x,y}")
  private List<String> pairs = new ArrayList<>();

  @Option(
      names = "--lenient",
      description = "unknown fields and the like are warnings, as sealos ignores them")
  private boolean lenient;

  @Option(
      names = "--images-directory",
      paramLabel = "DIR",
      description = "where archives are unpacked; ~/.hawser/images by default")
  private @Nullable Path imagesDirectory;

  @Option(
      names = "--mode",
      paramLabel = "safe|sealos",
      description = "Hawser's own registry (safe, the default) or the rootfs's scripts (sealos)")
  private Mode mode = Mode.safe;

  @Option(
      names = "--plain-http",
      description =
          "registries without TLS: who sees the network sees the password (mode sealos always)")
  private boolean plainHttp;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "environment of this run for scripts and templates; beats the images' own")
  private List<String> env = new ArrayList<>();

  @Option(
      names = "--env-wins",
      description = "what --env gives beats the Clusterfile, too; by default, as in sealos, not")
  private boolean envWins;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write the report as JSON to a file")
  private @Nullable Path report;

  @Mixin private ReportFiles files = new ReportFiles();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "host keys to trust; ~/.ssh/known_hosts by default")
  private @Nullable Path knownHosts;

  @Option(
      names = "--accept-new-host-keys",
      description = "learn the keys of unknown hosts; changed keys are refused all the same")
  private boolean acceptNew;

  ClusterOptions() {}

  /** Reads the Clusterfile with everything it points at, or without the images' trees. */
  Clusterfile clusterfile(boolean withTrees) {
    return reader()
        .images(withTrees ? unpacked() : images)
        .strictTemplates(strict())
        .checkTrees(withTrees)
        .load(clusterfile);
  }

  private ClusterfileReader reader() {
    return Clusterfiles.reader()
        .values(values)
        .set(pairs)
        .lenient(lenient)
        .callEnv(env(), envWins ? EnvOrder.CALL_WINS : EnvOrder.CLUSTERFILE_WINS);
  }

  /** The images with archives unpacked, for the architectures that the Clusterfile names. */
  private List<String> unpacked() {
    UnpackedImages unpacked =
        imagesDirectory == null ? UnpackedImages.inHome() : UnpackedImages.in(imagesDirectory);
    try {
      List<Host> hosts = reader().images(images).checkTrees(false).read(clusterfile).hosts();
      return unpacked.forHosts(hosts).directories(images);
    } catch (ClusterfileException e) {
      // It is read again with everything that belongs to it, and then all problems are told.
      return unpacked.directories(images);
    }
  }

  private Map<String, List<String>> env() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String item : env) {
      int equals = item.indexOf('=');
      if (equals < 0 || !item.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
        // The value may be a secret, so it is not shown.
        throw new IllegalArgumentException("--env takes NAME=VALUE, NAME as of a variable");
      }
      values
          .computeIfAbsent(item.substring(0, equals), any -> new ArrayList<>())
          .add(item.substring(equals + 1));
    }
    return values;
  }

  /** Finds what is wrong in the options before anything is done on a host. */
  void check(Cluster cluster) {
    files.check(registries(cluster).topology());
    Path folder = report == null ? null : report.toAbsolutePath().getParent();
    if (folder != null && !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "--report " + report + ": " + folder + " is not a directory that may be written to");
    }
  }

  SshClient connect() {
    return SshClients.jsch().hostKeys(hostKeys()).build();
  }

  Bootstrap bootstrap(Cluster cluster, SshClient ssh) {
    return Bootstraps.builder(cluster, ssh)
        .mode(registryMode())
        .transport(transport())
        .strictTemplates(strict())
        .build();
  }

  Filesystem filesystem(Cluster cluster, SshClient ssh, TransferListener listener) {
    return Filesystems.builder(cluster, ssh).strictTemplates(strict()).onProgress(listener).build();
  }

  Registries registries(Cluster cluster) {
    return Registries.builder(cluster).mode(registryMode()).transport(transport()).build();
  }

  /** Writes the JSON report where the user wants it. */
  void write(Report result) throws IOException {
    writeJson(result.toJson());
    files.write(result);
  }

  void writeJson(String json) throws IOException {
    if (report != null) {
      Files.writeString(report, json);
    }
  }

  private RegistryMode registryMode() {
    return mode == Mode.safe ? RegistryMode.SAFE : RegistryMode.SEALOS;
  }

  private RegistryTransport transport() {
    return plainHttp || mode == Mode.sealos ? RegistryTransport.PLAIN_HTTP : RegistryTransport.TLS;
  }

  /** An unmodified sealos rootfs may name keys that have no value. */
  private boolean strict() {
    return mode == Mode.safe;
  }

  private HostKeyPolicy hostKeys() {
    if (acceptNew) {
      return HostKeyPolicy.acceptNew(
          knownHosts != null
              ? knownHosts
              : Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
    }
    return knownHosts != null ? HostKeyPolicy.strict(knownHosts) : HostKeyPolicy.strict();
  }
}
