package io.hawser.host;

import io.hawser.report.Transfer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is sent of one tree to one host, and tells a listener. Thread-safe. */
final class TransferMeter {
  private static final Logger LOG = LoggerFactory.getLogger(TransferMeter.class);
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final TransferListener listener;
  private final String host;
  private final String directory;
  private final ArrivedBytes arrived = new ArrivedBytes();
  private long totalBytes;
  private long totalFiles;
  private long bytes;
  private long files;
  private long told;

  TransferMeter(TransferListener listener, String host, String directory) {
    this.listener = listener;
    this.host = host;
    this.directory = directory;
  }

  synchronized void start(long newTotalBytes, long newTotalFiles) {
    totalBytes = newTotalBytes;
    totalFiles = newTotalFiles;
    tell();
  }

  /** Bytes on their way. What is sent again, since a stream broke, does not count again. */
  synchronized void bytes(long count) {
    bytes = Math.min(totalBytes, bytes + count);
    tellNowAndThen();
  }

  /** Files that arrived. */
  synchronized void files(long count) {
    files += count;
    tellNowAndThen();
  }

  /** What has come from one source; see {@link ArrivedBytes#add}. */
  void came(String from, long count, long start, long end) {
    arrived.add(from, count, start, end);
  }

  /** What has come so far, by where it came from. */
  List<Transfer> transfers() {
    return arrived.transfers(host, directory);
  }

  synchronized void end() {
    bytes = totalBytes;
    files = totalFiles;
    tell();
  }

  private void tellNowAndThen() {
    if (System.nanoTime() - told >= EVERY_NANOS) {
      tell();
    }
  }

  private void tell() {
    told = System.nanoTime();
    try {
      listener.onProgress(
          new TransferProgress(host, directory, bytes, totalBytes, files, totalFiles));
    } catch (RuntimeException e) {
      LOG.warn("{}: a listener of transfers failed", host, e);
    }
  }
}
