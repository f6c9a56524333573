package io.hawser.testkit;

import com.google.common.io.ByteStreams;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a sample rootfs that is no image: scripts, templates and programs. */
final class SampleRootfs {
  private static final List<String> PROGRAMS =
      List.of(
          "bin/sample-tool",
          "cri/registry",
          "scripts/check.sh",
          "scripts/init.sh",
          "scripts/clean.sh",
          "scripts/init-registry.sh",
          "scripts/clean-registry.sh");

  private static final List<String> FILES =
      List.of("etc/registry.service", "etc/registry_config.yml.tmpl", "manifests/sample.yaml.tmpl");

  private SampleRootfs() {}

  static ImageMount write(Path directory) {
    Map<String, String> env = env();
    Map<String, String> labels = labels();
    try {
      for (String program : PROGRAMS) {
        copy(program, directory, "rwxr-xr-x");
      }
      for (String file : FILES) {
        copy(file, directory, "rw-r--r--");
      }
      Files.createDirectories(directory.resolve("registry"));
      Files.writeString(directory.resolve("Kubefile"), kubefile(labels, env));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ImageMount(
        "rootfs", ImageType.ROOTFS, "localhost/hawser/sample-rootfs:v1", directory, env, labels);
  }

  private static Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("registryDomain", "sealos.hub");
    env.put("registryPort", "5000");
    env.put("registryUsername", "admin");
    env.put("registryPassword", "passw0rd");
    env.put("registryData", "/var/lib/registry");
    env.put("registryConfig", "/etc/registry");
    env.put("sandboxImage", "sample/app-0:v1");
    return env;
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("sealos.io.type", "rootfs");
    labels.put("sealos.io.version", "v1beta1");
    labels.put("version", "v1.28.0");
    labels.put("check", "check.sh $registryData");
    labels.put("init", "init.sh");
    labels.put("clean", "clean.sh");
    labels.put("init-registry", "init-registry.sh $registryData $registryConfig");
    labels.put("clean-registry", "clean-registry.sh $registryData $registryConfig");
    labels.put("io.hawser.honours-root", "true");
    return labels;
  }

  private static String kubefile(Map<String, String> labels, Map<String, String> env) {
    StringBuilder text = new StringBuilder("FROM scratch\n");
    labels.forEach((name, value) -> text.append("LABEL ").append(pair(name, value)));
    // Single quotes would do for neither: Kubefiles know double ones, in which $ must be escaped.
    env.forEach((name, value) -> text.append("ENV ").append(pair(name, value)));
    return text.append("COPY . .\n").toString();
  }

  private static String pair(String name, String value) {
    return name + "=\"" + value.replace("$", "\\$") + "\"\n";
  }

  private static void copy(String name, Path directory, String mode) throws IOException {
    Path target = directory.resolve(name);
    Files.createDirectories(target.resolveSibling(""));
    try (InputStream source = SampleRootfs.class.getResourceAsStream("rootfs/" + name)) {
      if (source == null) {
        throw new FileNotFoundException("resource rootfs/" + name);
      }
      Files.write(target, ByteStreams.toByteArray(source));
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
  }
}
