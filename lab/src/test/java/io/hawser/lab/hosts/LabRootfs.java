package io.hawser.lab.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A rootfs in sealos's layout: scripts and templates from {@code lab/src/test/resources/rootfs}, the
 * hosts' own registry binary, and a registry tree that skopeo wrote through a real registry.
 */
public final class LabRootfs {
  /** The images that its registry holds, each of three layers or more. */
  public static final List<String> IMAGES = List.of("lab/app:v1", "lab/db:v2", "lab/deep/tool:v3");

  private static final String SEED = "10.77.0.11:5999";

  private LabRootfs() {}

  /** Makes one in an empty directory; the registry on host 1 that it uses for that is removed. */
  public static Path make(Lab lab, Path directory) throws IOException {
    Path rootfs = directory.resolve("rootfs");
    copy(Path.of("src/test/resources/rootfs"), rootfs);
    Files.createDirectories(rootfs.resolve("registry"));
    Files.createDirectories(rootfs.resolve("cri"));
    lab.on(
            1,
            "mkdir -p /root/seed && cd /root/seed && printf '%s\\n' 'version: 0.1'"
                + " 'storage: {filesystem: {rootdirectory: /root/seed/data}}'"
                + " 'http: {addr: \":5999\"}' >seed.yml"
                + " && { nohup docker-registry serve seed.yml >/root/seed/log 2>&1 </dev/null &"
                + " echo $! >/root/seed/pid; }")
        .ok();
    try {
      waitForSeed(lab);
      for (int i = 0; i < IMAGES.size(); i++) {
        Path layout = directory.resolve("oci-" + i);
        OciLayout.write(layout, 77 + i, 3 + i, 700_000);
        lab.exec(
                "skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false", "--quiet",
                "oci:" + layout, "docker://" + SEED + "/" + IMAGES.get(i))
            .ok();
      }
      shell(lab, "on 1 cat /usr/bin/docker-registry >'" + rootfs + "/cri/registry'");
      rootfs.resolve("cri/registry").toFile().setExecutable(true, false);
      shell(lab, "on 1 tar -C /root/seed/data -cf - . | tar -C '" + rootfs + "/registry' -xf -");
    } finally {
      lab.on(1, "kill $(cat /root/seed/pid); rm -rf /root/seed").ok();
    }
    return rootfs;
  }

  private static void waitForSeed(Lab lab) {
    lab.exec(
            "curl", "-sS", "-o", "/dev/null", "--retry", "20", "--retry-delay", "1",
            "--retry-connrefused", "http://" + SEED + "/v2/")
        .ok();
  }

  /** Output of the tool that is bytes, not text, goes through a shell of this machine. */
  private static void shell(Lab lab, String verbAndRest) {
    Ran.run(
            List.of("bash", "-c", "set -o pipefail; " + lab.tool() + " " + verbAndRest),
            Map.of("HAWSER_LAB_STATE", lab.state().toString()))
        .ok();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
