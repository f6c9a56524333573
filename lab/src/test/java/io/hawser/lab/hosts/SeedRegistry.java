package io.hawser.lab.hosts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A registry on host 1 that images are pushed to, so that a real one writes the storage. */
final class SeedRegistry implements AutoCloseable {
  private static final String PORT = "5999";

  private final Lab lab;
  private final String address;

  private SeedRegistry(Lab lab) {
    this.lab = lab;
    this.address = lab.address(1) + ":" + PORT;
  }

  /** Starts one with an empty storage, and waits until it serves. */
  static SeedRegistry start(Lab lab) {
    lab.on(
            1,
            "mkdir -p /root/seed && cd /root/seed && printf '%s\\n' 'version: 0.1'"
                + " 'storage: {filesystem: {rootdirectory: /root/seed/data}}'"
                + " 'http: {addr: \":5999\"}' >seed.yml"
                + " && { nohup docker-registry serve seed.yml >/root/seed/log 2>&1 </dev/null &"
                + " echo $! >/root/seed/pid; }")
        .ok();
    SeedRegistry seed = new SeedRegistry(lab);
    try {
      seed.waitUntilItServes();
    } catch (AssertionError e) {
      seed.close();
      throw e;
    }
    return seed;
  }

  private void waitUntilItServes() {
    lab.exec(
            "curl",
            "-sS",
            "-o",
            "/dev/null",
            "--retry",
            "20",
            "--retry-delay",
            "1",
            "--retry-connrefused",
            "http://" + address + "/v2/")
        .ok();
  }

  /** Pushes an image as it is, of all its platforms. */
  void push(SourceImage image) {
    lab.exec(
            "skopeo",
            "--insecure-policy",
            "copy",
            "--all",
            "--preserve-digests",
            "--dest-tls-verify=false",
            "--quiet",
            "oci:" + image.layout(),
            "docker://" + address + "/" + image.name())
        .ok();
  }

  /** Copies the storage into a directory of this machine. */
  void copyStorage(Path directory) {
    shell(lab, "on 1 tar -C /root/seed/data -cf - . | tar -C '" + directory + "' -xf -");
  }

  /** Output of the tool that is bytes, not text, goes through a shell of this machine. */
  static void shell(Lab lab, String verbAndRest) {
    Ran.run(
            List.of("bash", "-c", "set -o pipefail; " + lab.tool() + " " + verbAndRest),
            Map.of("HAWSER_LAB_STATE", lab.state().toString()))
        .ok();
  }

  @Override
  public void close() {
    lab.on(1, "kill $(cat /root/seed/pid); rm -rf /root/seed").ok();
  }
}
