package io.hawser.bootstrap;

import static io.hawser.host.Watched.Group.PROGRAM;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.host.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The programs that scripts of a rootfs copy from its {@code bin/} and {@code cri/} to the host,
 * and that its clean scripts remove, whoever had put such a program there before.
 */
final class WatchedPrograms {
  private static final String USUAL = "/usr/bin";
  private static final String PATH = "(/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)+";
  private static final String ARCHIVE = ".*\\.(tar|tgz|tar\\.gz)";

  /** What archives of container runtimes hold. */
  private static final List<String> RUNTIME =
      List.of(
          "containerd",
          "containerd-shim",
          "containerd-shim-runc-v1",
          "containerd-shim-runc-v2",
          "containerd-stress",
          "crictl",
          "crun",
          "ctd-decoder",
          "ctr",
          "nerdctl",
          "runc");

  private WatchedPrograms() {}

  /** The directory to which scripts copy programs: {@code BIN_DIR}, if it is a plain path. */
  static String directory(Map<String, String> env) {
    String chosen = env.getOrDefault("BIN_DIR", "");
    return chosen.matches(PATH) ? chosen : USUAL;
  }

  /** Whether they copy them to another directory than the usual one. */
  static boolean isElsewhere(Map<String, String> env) {
    return !directory(env).equals(USUAL);
  }

  static List<Watched> of(Cluster cluster, Map<String, String> env) {
    Set<String> names = new TreeSet<>();
    boolean runtime = false;
    for (ImageMount image : cluster.mounts()) {
      if (image.isOnEveryHost()) {
        names.addAll(names(image.mountPoint().resolve("bin")));
        List<String> engines = names(image.mountPoint().resolve("cri"));
        engines.stream().filter(name -> !name.matches(ARCHIVE)).forEach(names::add);
        runtime |= engines.stream().anyMatch(name -> name.matches(ARCHIVE));
      }
    }
    if (runtime) {
      names.addAll(RUNTIME);
    }
    ImmutableList.Builder<Watched> watched = ImmutableList.builder();
    String directory = directory(env) + "/";
    names.forEach(name -> watched.add(new Watched(PROGRAM, Watched.Kind.FILE, directory + name)));
    if (runtime) {
      watched.add(new Watched(PROGRAM, Watched.Kind.DIRECTORY, "/opt/containerd"));
      // After its files: it is started again from them.
      watched.add(new Watched(PROGRAM, Watched.Kind.SERVICE, "containerd.service"));
    }
    return watched.build();
  }

  private static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[A-Za-z0-9._+-]+"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
    }
  }
}
