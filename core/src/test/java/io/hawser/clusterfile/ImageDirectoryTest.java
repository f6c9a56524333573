package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which an image may lie in a directory. */
class ImageDirectoryTest {
  private static final String CLUSTERFILE =
      """
      kind: Cluster
      metadata: {name: c}
      spec:
        image: [base]
        hosts:
          - {ips: [10.0.0.1], roles: [master, amd64]}
          - {ips: [10.0.0.2, 10.0.0.3], roles: [node, arm64]}
      """;

  private static final String DESCRIPTION =
      """
      {"architecture": "amd64", "os": "linux", "config": {
         "Env": ["a=1", "b=x=y", "bad"], "Labels": {"version": "v1", "clean": "clean.sh"},
         "Entrypoint": null, "Cmd": ["run"]}}
      """;

  @TempDir Path directory;

  private Path put(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The head of a program for arm64. */
  private void program(String name) throws IOException {
    byte[] head = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, head, 0, 7);
    head[18] = (byte) 183;
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, head);
  }

  private static ImageMount read(Path image) {
    return Clusterfiles.reader().images(List.of(image)).parse(CLUSTERFILE, "c").mounts().get(0);
  }

  private List<String> problems(Path image) {
    ClusterfileException e = catchThrowableOfType(ClusterfileException.class, () -> read(image));
    assertThat(e).as("there are problems").isNotNull();
    return e.problems().stream().map(p -> p.message() + " " + p.hint()).toList();
  }

  @Test
  void aDescriptionBesideTheTreeIsRead() throws IOException {
    put("one/rootfs/scripts/clean.sh", "x");
    put("one/image.json", DESCRIPTION);
    put("two/scripts/clean.sh", "x");
    put("two.json", DESCRIPTION);
    for (String given : List.of("one", "one/rootfs", "two")) {
      ImageMount mount = read(directory.resolve(given));
      assertThat(mount.mountPoint()).isDirectoryContaining("glob:**/scripts");
      assertThat(mount.env()).hasSize(2).containsEntry("a", "1").containsEntry("b", "x=y");
      assertThat(mount.labels()).containsEntry("version", "v1").containsEntry("clean", "clean.sh");
      assertThat(mount.entrypoint()).isEmpty();
      assertThat(mount.cmd()).containsExactly("run");
    }
  }

  @Test
  void anImageWithoutATypeIsAnApplicationUnlessItIsTheFirst() throws IOException {
    put("one/x", "x");
    put("two/rootfs/x", "x");
    put("two/image.json", "{}");
    List<ImageMount> mounts =
        Clusterfiles.reader()
            .images(List.of(directory.resolve("one"), directory.resolve("two")))
            .parse(CLUSTERFILE, "c")
            .mounts();
    assertThat(mounts)
        .extracting(ImageMount::type)
        .containsExactly(ImageType.ROOTFS, ImageType.APPLICATION);
  }

  @Test
  void theCommandOfAKubefileIsRead() throws IOException {
    put(
        "tree/Kubefile",
        """
        FROM scratch
        CMD ["old"]
        FROM scratch
        ENTRYPOINT ["bash", "-c"]
        CMD kubectl apply -f "a b"
        """);
    ImageMount mount = read(directory.resolve("tree"));
    assertThat(mount.entrypoint()).containsExactly("bash", "-c");
    assertThat(mount.cmd()).containsExactly("/bin/sh", "-c", "kubectl apply -f \"a b\"");
  }

  @Test
  void commandsOfTheClusterfileAreKept() throws IOException {
    put("tree/x", "x");
    String text =
        CLUSTERFILE
            + """
            status:
              mounts:
                - {name: a, type: rootfs, mountPoint: %s, cmd: [x, y], entrypoint: ["/e"]}
            """
                .formatted(directory.resolve("tree"));
    ImageMount mount = Clusterfiles.parse(text, "c").mounts().get(0);
    assertThat(mount.cmd()).containsExactly("x", "y");
    assertThat(mount.entrypoint()).containsExactly("/e");
  }

  @Test
  void oneDirectoryPerArchitectureIsOneImage() throws IOException {
    for (String word : List.of("amd64", "arm64")) {
      put("multi/" + word + "/rootfs/scripts/clean.sh", "x");
      put("multi/" + word + "/image.json", DESCRIPTION);
    }
    program("multi/arm64/rootfs/bin/x");
    ImageMount mount = read(directory.resolve("multi"));
    assertThat(mount.mountPoint()).isEqualTo(directory.resolve("multi/amd64/rootfs"));
    assertThat(mount.architectures()).containsOnlyKeys("amd64", "arm64");
    assertThat(mount.trees()).hasSize(2);

    put("multi/arm64/image.json", DESCRIPTION.replace("a=1", "a=2").replace("v1", "v2"));
    assertThat(problems(directory.resolve("multi")))
        .singleElement()
        .asString()
        .contains("differ in the environment variable a")
        .doesNotContain("a=");
    put("multi/arm64/image.json", DESCRIPTION.replace("v1", "v2"));
    assertThat(problems(directory.resolve("multi")))
        .singleElement()
        .asString()
        .contains("differ in the label version");
  }

  @Test
  void scriptsAreLookedForInEveryTree() throws IOException {
    put("multi/amd64/scripts/clean.sh", "x");
    put("multi/amd64/Kubefile", "FROM scratch\nLABEL clean=clean.sh\n");
    put("multi/arm64/Kubefile", "FROM scratch\nLABEL clean=clean.sh\n");
    put("multi/arm64/etc/x.tmpl", "{{ .nope }}");
    assertThat(problems(directory.resolve("multi")))
        .hasSize(2)
        .anyMatch(text -> text.contains("no script \"clean.sh\" in") && text.contains("arm64"))
        .anyMatch(text -> text.contains("nope"));
  }

  @Test
  void aTreeThatDoesNotFitAHostIsAProblemThatNamesBoth() throws IOException {
    program("tree/bin/kubelet");
    assertThat(problems(directory.resolve("tree")))
        .containsExactly(
            "host 10.0.0.1 is amd64, but bin/kubelet in "
                + directory.resolve("tree")
                + " is for arm64 give a directory with one tree per architecture, or an archive"
                + " with all platforms");
    put("multi/riscv64/x", "x");
    assertThat(problems(directory.resolve("multi")))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("host 10.0.0.1 is amd64, but there is no tree for it, only for [riscv64]");
  }

  @Test
  void aDescriptionThatIsNoneIsAProblem() throws IOException {
    put("one/rootfs/x", "x");
    for (String text : List.of("", "{", "[]", " ".repeat(2 << 20))) {
      put("one/image.json", text);
      assertThat(problems(directory.resolve("one"))).first().asString().contains("image.json");
    }
  }

  @Test
  void anArchiveIsNoDirectoryAndTheMessageSaysWhatToDo() throws IOException {
    Path archive = put("image.tar", "x");
    assertThat(problems(archive))
        .singleElement()
        .asString()
        .contains("is not a directory", "UnpackedImages");
  }
}
