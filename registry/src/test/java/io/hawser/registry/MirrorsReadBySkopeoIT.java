package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files for cri-o, read by skopeo and podman, which have the same library for them. The drop-in
 * lies below a home directory of its own, so that the machine's own configuration stays as it is.
 */
class MirrorsReadBySkopeoIT {
  private static final EndpointStrategy CRIO = EndpointStrategies.crio();

  @TempDir Path directory;
  private ServedReplicas replicas;

  @BeforeEach
  void twoReplicasServe() throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo");
    replicas = new ServedReplicas(directory);
  }

  @AfterEach
  void theyEnd() {
    if (replicas != null) {
      replicas.close();
    }
  }

  /** Writes the strategy's files for a node whose first replica is the first one. */
  private void write(List<Endpoint> endpoints) throws Exception {
    for (HostChange change :
        CRIO.changes(TestEndpoints.node("crio", Map.of("position", "0")), endpoints)) {
      FileChange file = (FileChange) change;
      Path place =
          file.path().startsWith("/etc/containers/")
              ? directory.resolve("home/.config" + file.path().substring("/etc".length()))
              : directory.resolve(file.path().substring(1));
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.content().reveal());
    }
  }

  /** Pulls by the registry's name; gives what was printed when that failed, else nothing. */
  private String pull() throws Exception {
    Path pulled = directory.resolve("pulled-" + System.nanoTime());
    List<String> command = new ArrayList<>(List.of("skopeo", "copy", "--insecure-policy"));
    command.add("--authfile=" + directory.resolve("etc/crio/hawser-auth.json"));
    command.add("docker://" + ServedReplicas.DOMAIN + ":5000/" + ServedReplicas.IMAGE);
    command.add("dir:" + pulled);
    String failure = run(command);
    if (failure.isEmpty()) {
      assertThat(pulled.resolve("manifest.json")).hasSameBinaryContentAs(replicas.manifest());
    }
    return failure;
  }

  private String run(List<String> command) throws Exception {
    Path log = directory.resolve("pull.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOME", directory.resolve("home").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    Process pull = builder.start();
    if (!pull.waitFor(60, TimeUnit.SECONDS)) {
      pull.destroyForcibly().onExit().join();
      return "no end within a minute";
    }
    if (pull.exitValue() != 0) {
      return Files.readString(log);
    }
    return "";
  }

  /** The same with podman, which takes short names only for where it keeps all that it makes. */
  private String pullByPodman() throws Exception {
    Path storage = Files.createTempDirectory("podman");
    try {
      return pullByPodman(storage);
    } finally {
      MoreFiles.deleteRecursively(storage, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private String pullByPodman(Path storage) throws Exception {
    List<String> command = new ArrayList<>(List.of("podman", "--storage-driver=vfs"));
    command.add("--root=" + storage.resolve("root"));
    command.add("--runroot=" + storage.resolve("run"));
    command.add("--tmpdir=" + storage.resolve("tmp"));
    command.addAll(List.of("pull", "--quiet"));
    command.add("--authfile=" + directory.resolve("etc/crio/hawser-auth.json"));
    command.add(ServedReplicas.DOMAIN + ":5000/" + ServedReplicas.IMAGE);
    return run(command);
  }

  @Test
  @DisplayName("S9 podman pulls from the next replica when the first refuses, fails without any")
  void s9PodmanPullsFromTheNextReplica() throws Exception {
    RegistryProcess.assumeInstalled("podman");
    assumeTrue(System.getProperty("user.name").equals("root"), "podman is run as root here");
    write(replicas.endpoints());
    assertThat(pullByPodman()).isEmpty();
    replicas.process(0).close();
    assertThat(pullByPodman()).isEmpty();
    replicas.process(1).close();
    assertThat(pullByPodman()).contains("connection refused");
  }

  @Test
  @DisplayName(
      "S9 skopeo pulls from the next replica when the first refuses, and fails without any")
  void s9SkopeoPullsFromTheNextReplica() throws Exception {
    write(replicas.endpoints());
    assertThat(pull()).isEmpty();
    replicas.process(0).close();
    assertThat(pull()).isEmpty();
    replicas.process(1).close();
    assertThat(pull()).contains("connection refused");
  }

  @Test
  @DisplayName("S9 the credentials that skopeo shows a mirror are those of that mirror")
  void s9CredentialsAreThoseOfTheMirror() throws Exception {
    Endpoint first = replicas.endpoints().get(0);
    Endpoint stranger =
        new Endpoint(
            first.address(),
            first.domain(),
            first.port(),
            first.url(),
            TestEndpoints.basic("hawser", "another"));
    write(List.of(stranger, replicas.endpoints().get(1)));
    assertThat(pull()).isEmpty();
    write(List.of(stranger));
    assertThat(pull()).contains("unauthorized");
  }

  @Test
  void withoutTheFilesNothingIsPulled() throws Exception {
    Files.createDirectories(directory.resolve("etc/crio"));
    Files.writeString(directory.resolve("etc/crio/hawser-auth.json"), "{}");
    assertThat(pull()).contains(ServedReplicas.DOMAIN);
  }
}
