package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterfileWriteTest {
  @TempDir Path directory;

  private static Clusterfile read(String text) {
    return Clusterfiles.reader().checkTrees(false).load(text, "Clusterfile");
  }

  private Path target() {
    return directory.resolve("Clusterfile");
  }

  @Test
  void readingAndWritingIsTheIdentity() throws IOException {
    for (Path fixture : ClusterfileDocumentsTest.fixtures()) {
      Clusterfile file = ClusterfileDocumentsTest.load(fixture.getFileName().toString());
      file.write(target());
      assertThat(target()).as(fixture.toString()).hasSameBinaryContentAs(fixture);
      Clusterfile again = Clusterfiles.reader().checkTrees(false).load(target());
      assertThat(again.documents()).isEqualTo(file.documents());
      String phase = file.phase().orElse("");
      if (!phase.isEmpty()) {
        assertThat(file.withPhase(phase).text()).isEqualTo(file.text());
      }
    }
  }

  @Test
  void aScalarIsReplacedInPlaceAndAllElseStays() {
    for (String name : List.of("sealos-finished.yaml", "windows.yaml")) {
      Clusterfile file = ClusterfileDocumentsTest.load(name);
      String phase = file.phase().orElseThrow();
      assertThat(file.withPhase("ClusterFailed").text())
          .isEqualTo(file.text().replace("phase: " + phase, "phase: ClusterFailed"));
    }
    Clusterfile file = ClusterfileDocumentsTest.load("sealos-finished.yaml");
    assertThat(file.withCreationTimestamp(Instant.parse("2026-01-02T03:04:05.678Z")).text())
        .isEqualTo(
            file.text()
                .replace("2023-05-09T07:41:20Z\"\n  name", "2026-01-02T03:04:05Z\"\n  name"));
  }

  @Test
  void aMissingBlockIsAddedAndCommentsStay() {
    String text = ClusterfileDocumentsTest.load("handwritten.yaml").text();
    Clusterfile changed = read(text).withPhase("ClusterSuccess");
    assertThat(changed.text())
        .isEqualTo(
            text.replace(
                "# Below the fields.\n",
                "# Below the fields.\nstatus:\n  phase: ClusterSuccess\n"));
    assertThat(changed.withCreationTimestamp(Instant.EPOCH).text())
        .isEqualTo(
            changed
                .text()
                .replace(
                    "metadata: {name: by-hand}   # in one line\n",
                    "metadata:\n  name: by-hand\n  creationTimestamp: \"1970-01-01T00:00:00Z\"\n"));
  }

  @Test
  void everyFixtureTakesEveryChange() throws IOException {
    for (Path fixture : ClusterfileDocumentsTest.fixtures()) {
      Clusterfile file = ClusterfileDocumentsTest.load(fixture.getFileName().toString());
      Clusterfile changed =
          file.withCreationTimestamp(Instant.EPOCH).withPhase("ClusterSuccess").withMounts(MOUNTS);
      Clusterfile again = read(changed.text());
      assertThat(again.phase()).contains("ClusterSuccess");
      assertThat(again.creationTimestamp()).contains("1970-01-01T00:00:00Z");
      assertThat(again.cluster().mounts()).isEqualTo(MOUNTS);
      assertThat(changed.cluster().mounts()).isEqualTo(MOUNTS);
      assertThat(again.cluster().hosts()).isEqualTo(file.cluster().hosts());
      assertThat(again.companions())
          .extracting(ClusterfileDocument::text)
          .isEqualTo(file.companions().stream().map(ClusterfileDocument::text).toList());
      assertThat(again.withMounts(MOUNTS).text()).as("a second time").isEqualTo(changed.text());
    }
  }

  private static final List<ImageMount> MOUNTS =
      List.of(
          new ImageMount(
              "a",
              ImageType.ROOTFS,
              "labring/kubernetes:v1.27.0",
              Path.of("/trees/a b"),
              Map.of("A", "0022 \"x\"\n\u2028 ü \ud83d\ude00"),
              Map.of("init", "init.sh $a && bash b.sh")),
          new ImageMount(
              "default-d7yzxk3u", ImageType.APPLICATION, "", Path.of("/b"), Map.of(), Map.of()));

  @Test
  void whatAnImageRunsIsWritten() {
    Clusterfile file = ClusterfileDocumentsTest.load("sealos-finished.yaml");
    assertThat(file.withMounts(file.cluster().mounts()).text())
        .contains("helm upgrade -i calico charts/calico", "entrypoint:", "ApplyCommandSuccess");
    assertThat(file.withMounts(MOUNTS).text())
        .contains("ApplyCommandSuccess")
        .doesNotContain("helm upgrade", "entrypoint:");
  }

  @Test
  void anAnchoredValueIsNotChangedForOthers() {
    String text =
        "kind: Cluster\nmetadata: {name: c, labels: {a: &p Old}}\nspec:\n"
            + "  hosts: [{ips: [10.0.0.1], roles: [master]}]\nstatus:\n  phase: *p\n";
    assertThat(read(text).withPhase("New").text())
        .isEqualTo(text.replace("phase: *p", "phase: New"));
    String anchored =
        "kind: Cluster\nmetadata: {name: c}\nstatus:\n  phase: &p Old\nspec:\n"
            + "  hosts: [{ips: [10.0.0.1], roles: [master]}]\n  env: [A=1]\n  command: [*p]\n";
    Clusterfile changed = read(anchored).withPhase("New");
    assertThat(changed.phase()).contains("New");
    assertThat(changed.commands()).containsExactly("Old");
  }

  @Test
  void theFileIsForItsOwnerOnlyAndNothingElseIsLeft() throws IOException {
    Clusterfile file = ClusterfileDocumentsTest.load("windows.yaml");
    Files.writeString(target(), "old");
    Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("rw-r--r--"));
    file.write(target());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target())))
        .isEqualTo("rw-------");
    assertThat(target()).hasContent(file.text());
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all).containsExactly(target());
    }
  }

  @Test
  void whoeverReadsMeanwhileSeesTheOldTextOrTheNewOne() throws Exception {
    Clusterfile one = ClusterfileDocumentsTest.load("sealos-finished.yaml");
    Clusterfile other = one.withPhase("x".repeat(100_000));
    one.write(target());
    AtomicBoolean done = new AtomicBoolean();
    List<String> torn = new CopyOnWriteArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  String text = Files.readString(target());
                  if (!text.equals(one.text()) && !text.equals(other.text())) {
                    torn.add(text);
                  }
                } catch (IOException e) {
                  torn.add(e.toString());
                }
              }
            });
    reader.start();
    try {
      for (int i = 0; i < 100; i++) {
        (i % 2 == 0 ? other : one).write(target());
      }
    } finally {
      done.set(true);
      reader.join();
    }
    assertThat(torn).isEmpty();
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real")).resolve("file");
    Path middle = Files.createSymbolicLink(directory.resolve("middle"), Path.of("real/file"));
    Files.createSymbolicLink(target(), middle);
    Clusterfile file = ClusterfileDocumentsTest.load("windows.yaml");
    for (int i = 0; i < 2; i++) {
      file.write(target());
      assertThat(target()).isSymbolicLink();
      assertThat(middle).isSymbolicLink();
      assertThat(real).isRegularFile().hasContent(file.text());
    }
  }

  @Test
  void whatCannotBeWrittenIsNamedAndNothingIsLeft() throws IOException {
    Clusterfile file = ClusterfileDocumentsTest.load("windows.yaml");
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    List<String> messages = new ArrayList<>();
    for (Path wrong : List.of(directory.resolve("none/file"), directory, loop)) {
      assertThatThrownBy(() -> file.write(wrong))
          .isInstanceOf(ClusterfileException.class)
          .satisfies(e -> messages.add(e.getMessage()))
          .hasMessageContaining(wrong + ": cannot be written: ");
    }
    assertThat(messages.get(0)).contains("there is no directory");
    assertThat(messages.get(1)).contains("is a directory");
    assertThat(messages.get(2)).contains("too many links");
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all).containsExactly(loop);
    }
  }

  @Test
  void aTemplateIsNotOverwrittenByWhatItBecame() throws IOException {
    String text = ClusterfilesTest.spec("hosts: [{ips: [{{ .Values.ip }}], roles: [master]}]");
    Files.writeString(target(), text);
    Clusterfile file = Clusterfiles.reader().set(List.of("ip=10.0.0.1")).load(target());
    assertThatThrownBy(() -> file.withPhase("x").write(target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is the template of this Clusterfile");
    assertThat(target()).hasContent(text);
    file.write(directory.resolve("rendered"));
    assertThat(directory.resolve("rendered"))
        .hasContent(text.replace("{{ .Values.ip }}", "10.0.0.1"));
  }
}
