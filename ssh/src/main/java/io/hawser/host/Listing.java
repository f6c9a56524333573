package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * What lies below a directory of a host.
 *
 * @param entries by path below the directory, in no promised order
 */
public record Listing(Map<String, Entry> entries) {
  /** Copies the entries. */
  public Listing {
    entries = ImmutableMap.copyOf(entries);
  }

  /**
   * One entry.
   *
   * @param type what it is
   * @param mode permission bits
   * @param size bytes of a file
   * @param sha256 digest of a file in lower case hexadecimal digits; empty when not asked for
   * @param linkTarget what a link points at; else empty
   */
  public record Entry(TreeFile.Type type, int mode, long size, String sha256, String linkTarget) {}
}
