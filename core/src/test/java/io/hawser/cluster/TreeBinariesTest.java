package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeBinariesTest {
  private static final int I386 = 3;
  private static final int ARM = 40;
  private static final int AMD64 = 62;
  private static final int ARM64 = 183;
  private static final int BPF = 247;
  private static final int S390 = 22;

  @TempDir Path tree;

  /** The head of a program, and some more. */
  private void program(String path, int machine) throws IOException {
    byte[] head = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, head, 0, 7);
    head[18] = (byte) machine;
    head[19] = (byte) (machine >> 8);
    if (machine == S390) {
      head[5] = 2;
      head[18] = 0;
      head[19] = (byte) machine;
    }
    put(path, head);
  }

  private void put(String path, byte[] bytes) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void aTreeOfScriptsFitsEveryHost() throws IOException {
    put("bin/script", "#!/bin/sh\nexec true and some more\n".getBytes());
    put("bin/short", new byte[] {0x7f, 'E', 'L', 'F'});
    put("bin/empty", new byte[0]);
    program("cri/probe.o", BPF);
    TreeBinaries binaries = TreeBinaries.in(tree);
    assertThat(binaries.isEmpty()).isTrue();
    assertThat(binaries.misfit("arm64")).isEmpty();
  }

  @Test
  void theFirstFileForAnotherArchitectureIsNamed() throws IOException {
    program("opt/z", ARM64);
    program("bin/kubelet", ARM64);
    program("bin/kubectl", AMD64);
    TreeBinaries binaries = TreeBinaries.in(tree);
    assertThat(binaries.isEmpty()).isFalse();
    assertThat(binaries.misfit("amd64")).contains("bin/kubelet in " + tree + " is for arm64");
    assertThat(binaries.misfit("arm64")).contains("bin/kubectl in " + tree + " is for amd64");
  }

  @Test
  void whatAProcessorAlsoRunsFits() throws IOException {
    program("bin/a", I386);
    assertThat(TreeBinaries.in(tree).misfit("amd64")).isEmpty();
    assertThat(TreeBinaries.in(tree).misfit("arm64")).isPresent();
    Files.delete(tree.resolve("bin/a"));
    program("bin/a", ARM);
    assertThat(TreeBinaries.in(tree).misfit("arm64")).isEmpty();
    assertThat(TreeBinaries.in(tree).misfit("amd64")).isPresent();
  }

  @Test
  void headersOfEitherByteOrderAreRead() throws IOException {
    program("bin/a", S390);
    assertThat(TreeBinaries.in(tree).misfit("amd64"))
        .hasValueSatisfying(text -> assertThat(text).endsWith("is for s390x"));
  }

  @Test
  void aTreeThatCarriesProgramsForSeveralMayPickOnTheHost() throws IOException {
    program("opt/arm64/helm", ARM64);
    program("opt/helm-aarch64", ARM64);
    program("opt/helm_linux_amd64.bin", AMD64);
    program("opt/x86_64/helm", AMD64);
    assertThat(TreeBinaries.in(tree).isEmpty()).isTrue();
    program("opt/amd64/helm", ARM64);
    program("opt/charm64", ARM64);
    assertThat(TreeBinaries.in(tree).misfit("amd64")).isPresent();
  }

  @Test
  void directoriesOfDataAndLinksAreNotLookedInto() throws IOException {
    program("registry/x", ARM64);
    program("images/x", ARM64);
    program("charts/x", ARM64);
    Files.createSymbolicLink(tree.resolve("link"), tree.resolve("registry/x"));
    assertThat(TreeBinaries.in(tree).isEmpty()).isTrue();
    program("opt/registry/x", ARM64);
    assertThat(TreeBinaries.in(tree).isEmpty()).isFalse();
  }

  @Test
  void oneWordStandsForEverySpelling() {
    assertThat(Architectures.word(" X86_64\n")).isEqualTo("amd64");
    assertThat(Architectures.word("aarch64")).isEqualTo("arm64");
    assertThat(Architectures.word("armv7l")).isEqualTo("arm");
    assertThat(Architectures.word("sparc")).isEqualTo("sparc");
    assertThat(Architectures.isWord("amd64")).isTrue();
    assertThat(Architectures.isWord("x86_64")).isFalse();
  }
}
