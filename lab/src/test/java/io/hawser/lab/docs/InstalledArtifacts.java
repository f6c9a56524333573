package io.hawser.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local Maven repository with nothing in it but what this build would publish, as {@code mvn
 * install} would leave it there. The user's own repository stays as it is.
 */
final class InstalledArtifacts {
  private static final List<String> JARS =
      List.of("core", "ssh", "registry", "filesystem", "bootstrap", "testkit");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>hawser-parent</artifactId>\\s*<version>([^<]+)</version>");

  private InstalledArtifacts() {}

  /**
   * Copies them.
   *
   * @param root the folder of this repository
   * @param repository the local repository to fill
   */
  static void copy(Path root, Path repository) throws IOException {
    String version = version(root);
    install(root.resolve("pom.xml"), "hawser-parent", version, ".pom", repository);
    install(root.resolve("bom/pom.xml"), "hawser-bom", version, ".pom", repository);
    for (String module : JARS) {
      String artifact = "hawser-" + module;
      Path jar = root.resolve(module + "/target/" + artifact + "-" + version + ".jar");
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(
            jar.normalize() + " is missing: the samples are run after the phase \"package\"");
      }
      install(root.resolve(module + "/pom.xml"), artifact, version, ".pom", repository);
      install(jar, artifact, version, ".jar", repository);
    }
  }

  static String version(Path root) throws IOException {
    Matcher matcher = VERSION.matcher(Files.readString(root.resolve("pom.xml")));
    if (!matcher.find()) {
      throw new IllegalStateException("no version in " + root.resolve("pom.xml"));
    }
    return matcher.group(1);
  }

  private static void install(
      Path file, String artifact, String version, String suffix, Path repository)
      throws IOException {
    Path folder = repository.resolve("io/hawser/" + artifact + "/" + version);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + version + suffix));
  }
}
