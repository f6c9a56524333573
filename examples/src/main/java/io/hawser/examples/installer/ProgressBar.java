package io.hawser.examples.installer;

import io.hawser.host.TransferListener;
import io.hawser.host.TransferProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line about all transfers that are going on. On a terminal it is written over and over; into a
 * file or a pipe it is written once, when all that was started has arrived or {@link #end} is
 * called.
 */
final class ProgressBar implements TransferListener {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean terminal;
  private final Map<String, TransferProgress> trees = new TreeMap<>();

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void onProgress(TransferProgress progress) {
    trees.put(progress.host() + " " + progress.directory(), progress);
    if (terminal) {
      out.print("\r" + line());
      out.flush();
    }
  }

  /** Ends the line, so that what is printed next has its own; a file gets it only now, whole. */
  synchronized void end() {
    if (trees.isEmpty()) {
      return;
    }
    out.println(terminal ? "" : line());
    out.flush();
    trees.clear();
  }

  private String line() {
    long bytes = trees.values().stream().mapToLong(TransferProgress::bytes).sum();
    long total = trees.values().stream().mapToLong(TransferProgress::totalBytes).sum();
    long files = trees.values().stream().mapToLong(TransferProgress::files).sum();
    long allFiles = trees.values().stream().mapToLong(TransferProgress::totalFiles).sum();
    long hosts = trees.values().stream().map(TransferProgress::host).distinct().count();
    int done = total == 0 ? WIDTH : (int) (bytes * WIDTH / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %,d of %,d KiB, %,d of %,d files to %d %s",
        "#".repeat(done),
        ".".repeat(WIDTH - done),
        bytes / 1024,
        total / 1024,
        files,
        allFiles,
        hosts,
        hosts == 1 ? "host" : "hosts");
  }
}
