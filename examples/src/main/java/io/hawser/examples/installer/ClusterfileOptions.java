package io.hawser.examples.installer;

import io.hawser.cluster.EnvOrder;
import io.hawser.cluster.Host;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.clusterfile.ClusterfileReader;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.image.UnpackedImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Clusterfile, and what it is filled in with. */
final class ClusterfileOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "CLUSTERFILE",
      description = "the Clusterfile; by default that of --cluster")
  private @Nullable Path clusterfile;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description =
          "the cluster that run made: ~/.hawser/NAME/Clusterfile; NAME is default if not said")
  private @Nullable String name;

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
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "environment of this run for scripts and templates; beats the images' own")
  private List<String> env = new ArrayList<>();

  @Option(
      names = "--env-wins",
      description = "what --env gives beats the Clusterfile, too; by default, as in sealos, not")
  private boolean envWins;

  ClusterfileOptions() {}

  boolean isNamed() {
    return clusterfile != null;
  }

  /** The Clusterfile that was named, or that of the cluster that {@code run} made. */
  Path file(Path home) {
    if (clusterfile != null && name != null) {
      throw new IllegalArgumentException("give one of -f and --cluster");
    }
    if (clusterfile != null) {
      return clusterfile;
    }
    Path saved = saved(home).clusterfile();
    if (!Files.exists(saved)) {
      throw new IllegalArgumentException(
          "there is no " + saved + "; give -f CLUSTERFILE, or make a cluster by run");
    }
    return saved;
  }

  /** Finds options that a command cannot do with, since it makes the Clusterfile itself. */
  void checkNoFile() {
    if (clusterfile != null || !images.isEmpty() || !values.isEmpty() || !pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "run makes the Clusterfile from its own options; with -f, --image, --values or --set use"
              + " apply");
    }
  }

  SavedCluster saved(Path home) {
    return SavedCluster.named(home, clusterName());
  }

  String clusterName() {
    return name == null ? "default" : name;
  }

  /** What a person writes to mean the same Clusterfile. */
  String words() {
    return clusterfile == null ? "--cluster " + clusterName() : "-f " + clusterfile;
  }

  /** Environment of this run as it was given. */
  List<String> envItems() {
    env();
    return List.copyOf(env);
  }

  /** The directories of images that may be archives, for the architectures of hosts. */
  List<String> unpacked(List<String> given, List<Host> hosts) {
    return store().forHosts(hosts).directories(given);
  }

  /** Reads the Clusterfile with everything it points at, or without the images' trees. */
  Clusterfile read(Path file, boolean withTrees, boolean strict) {
    return reader()
        .images(withTrees ? unpacked(file) : images)
        .strictTemplates(strict)
        .checkTrees(withTrees)
        .load(file);
  }

  private ClusterfileReader reader() {
    return Clusterfiles.reader()
        .values(values)
        .set(pairs)
        .lenient(lenient)
        .callEnv(env(), envWins ? EnvOrder.CALL_WINS : EnvOrder.CLUSTERFILE_WINS);
  }

  /** The images with archives unpacked, for the architectures that the Clusterfile names. */
  private List<String> unpacked(Path file) {
    UnpackedImages unpacked = store();
    try {
      List<Host> hosts = reader().images(images).checkTrees(false).read(file).hosts();
      return unpacked.forHosts(hosts).directories(images);
    } catch (ClusterfileException e) {
      // It is read again with everything that belongs to it, and then all problems are told.
      return unpacked.directories(images);
    }
  }

  private UnpackedImages store() {
    return imagesDirectory == null ? UnpackedImages.inHome() : UnpackedImages.in(imagesDirectory);
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
}
