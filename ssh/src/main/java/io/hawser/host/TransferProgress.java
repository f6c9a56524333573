package io.hawser.host;

import java.io.Serializable;

/**
 * How far a tree has come to a host. Of one transfer neither {@link #bytes} nor {@link #files} ever
 * goes down, and both end at their totals when it succeeds.
 *
 * @param host the host's address
 * @param directory where the tree goes on the host
 * @param bytes of file contents that were sent, or found there already by a broken transfer
 * @param totalBytes to be sent; what the host has already is not in it
 * @param files that arrived and were verified
 * @param totalFiles to be sent
 */
public record TransferProgress(
    String host, String directory, long bytes, long totalBytes, long files, long totalFiles)
    implements Serializable {}
