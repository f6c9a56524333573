package io.hawser.host;

/** Hears how transfers go on. Called by the threads that send, for several hosts at once. */
@FunctionalInterface
public interface TransferListener {
  /**
   * A tree has come further: at its start, about ten times a second, and at its end. What it throws
   * is logged and ignored; what it waits for holds up the transfer.
   */
  void onProgress(TransferProgress progress);
}
