package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How much memory an entry of a scanned tree takes; the design note states the figures. */
class TreeColumnsTest {
  private static final int FILES = 400_000;

  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** As a scan makes it: 400 directories of 1,000 files. */
  private static FileTree tree() {
    TreeBuilder builder = new TreeBuilder();
    int source = builder.source(Path.of("/source"));
    for (int i = 0; i < FILES; i++) {
      String directory = String.format("usr/share/directory-%03d", i / 1_000);
      if (i == 0) {
        builder.scanned(source, "usr", TreeFile.Type.DIRECTORY, 0755, 0, 1);
        builder.scanned(source, "usr/share", TreeFile.Type.DIRECTORY, 0755, 0, 1);
      }
      if (i % 1_000 == 0) {
        builder.scanned(source, directory, TreeFile.Type.DIRECTORY, 0755, 0, 1);
      }
      String path = String.format("%s/file-with-some-name-%03d.conf", directory, i % 1_000);
      builder.scanned(source, path, TreeFile.Type.FILE, 0644, i, 1_700_000_000_000L * i);
    }
    return builder.build();
  }

  @Test
  @DisplayName("F18 an entry of a scanned tree takes some 40 bytes, its digest 33, a host 1")
  void f18AnEntryTakesLittleMemory() throws InterruptedException {
    long before = used();
    FileTree tree = tree();
    double entry = (used() - before) / (double) FILES;
    TreeDelta delta = new TreeDelta(tree);
    double host = (used() - before) / (double) FILES - entry;
    for (int i = 0; i < tree.columns().count(); i++) {
      tree.columns().learn(i, "ab".repeat(32));
    }
    double digest = (used() - before) / (double) FILES - entry - host;
    LoggerFactory.getLogger(getClass())
        .info("bytes an entry: {}, its digest {}, each host {}", entry, digest, host);
    assertThat(entry).isBetween(20.0, 45.0);
    assertThat(digest).isBetween(32.0, 35.0);
    assertThat(host).isBetween(0.9, 1.5);
    assertThat(delta.isEmpty()).isFalse();
  }
}
