package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.TransferProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();

  private void tell(ProgressBar bar, String host, long bytes, long files) {
    bar.onProgress(new TransferProgress(host, "/data", bytes << 10, 100 << 10, files, 4));
  }

  @Test
  void aTerminalSeesOneLineThatGrows() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), true);
    tell(bar, "10.0.0.1", 0, 0);
    tell(bar, "10.0.0.2", 50, 2);
    tell(bar, "10.0.0.1", 100, 4);
    tell(bar, "10.0.0.2", 100, 4);
    tell(bar, "10.0.0.2", 100, 4);
    bar.end();
    assertThat(text.toString().split("\r", -1))
        .containsExactly(
            "",
            "[" + ".".repeat(30) + "] 0 of 100 KiB, 0 of 4 files to 1 host",
            "[#######" + ".".repeat(23) + "] 50 of 200 KiB, 2 of 8 files to 2 hosts",
            "[" + "#".repeat(22) + "........] 150 of 200 KiB, 6 of 8 files to 2 hosts",
            "[" + "#".repeat(30) + "] 200 of 200 KiB, 8 of 8 files to 2 hosts",
            "[" + "#".repeat(30) + "] 200 of 200 KiB, 8 of 8 files to 2 hosts\n");
  }

  @Test
  void aFileGetsOneLineWhenAllHasArrived() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), false);
    tell(bar, "10.0.0.1", 10, 0);
    assertThat(text.toString()).isEmpty();
    tell(bar, "10.0.0.1", 100, 4);
    tell(bar, "10.0.0.2", 100, 4);
    tell(bar, "10.0.0.1", 100, 4); // again, when it is in place
    bar.end();
    assertThat(text.toString().lines())
        .containsExactly("[" + "#".repeat(30) + "] 200 of 200 KiB, 8 of 8 files to 2 hosts");
  }

  @Test
  void theLineOfATransferThatWasGivenUpIsEnded() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), true);
    tell(bar, "10.0.0.1", 50, 2);
    bar.end();
    bar.end();
    assertThat(text.toString()).endsWith("2 of 4 files to 1 host" + System.lineSeparator());
    tell(bar, "10.0.0.2", 100, 4);
    bar.end();
    assertThat(text.toString()).endsWith("4 of 4 files to 1 host\n");
    assertThat(text.toString().lines()).hasSize(4);
  }

  @Test
  void aFileGetsTheLineOfATransferThatWasGivenUpOnce() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), false);
    tell(bar, "10.0.0.1", 10, 0);
    bar.end();
    bar.end();
    assertThat(text.toString().lines()).hasSize(1);
  }
}
