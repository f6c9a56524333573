package io.hawser.clusterfile;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Config;
import io.hawser.clusterfile.yaml.YamlStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Clusterfiles: YAML streams in the format of sealos, strictly.
 *
 * <p>The one document of kind {@code Cluster} is read, wherever it stands, and those of kind {@code
 * Config}; others are kept for whoever needs them ({@link #load}). A text with actions in double
 * braces is a Go template first ({@link ClusterfileReader#values}). Unknown fields, addresses
 * listed twice in whatever spelling, missing trees and scripts, and templates with unknown keys are
 * problems, all reported at once with line and column in one {@link ClusterfileException}. Scalars
 * are taken as written: the password {@code 007} stays {@code "007"}. Nothing secret is in a
 * message.
 *
 * <p>An extension: {@code key=value} among the roles of a host is a label ({@link
 * io.hawser.cluster.Host#labels()}); sealos ignores such words.
 */
public final class Clusterfiles {
  private Clusterfiles() {}

  /**
   * Reads a file with the default options; trees are resolved against its directory.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public static Cluster read(Path file) {
    return reader().read(file);
  }

  /**
   * Reads a file with the default options and all that is in it, to pass on documents of other
   * kinds or to write it back.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public static Clusterfile load(Path file) {
    return reader().load(file);
  }

  /**
   * Reads a text with the default options; trees are resolved against the working directory.
   *
   * @param text the Clusterfile
   * @param name its name in messages
   * @throws ClusterfileException if it has problems
   */
  public static Cluster parse(CharSequence text, CharSequence name) {
    return reader().parse(text, name);
  }

  /**
   * The documents of kind {@code Config} of a file, which may have no other, such as the {@code
   * config.yml} of an image; documents of other kinds are passed over.
   *
   * @throws ClusterfileException if it cannot be read or has problems
   */
  public static List<Config> configs(Path file) {
    Problems problems = new Problems(file.toString());
    String text = ClusterfileText.read(file, problems);
    List<ConfigDocuments.Entry> entries =
        ConfigDocuments.read(YamlStream.read(text, problems), problems);
    problems.throwIfAny();
    return entries.stream().map(ConfigDocuments.Entry::config).toList();
  }

  /** A reader with the default options: everything is checked, no trees are given. */
  public static ClusterfileReader reader() {
    return ClusterfileReader.withDefaults();
  }
}
