package io.hawser.host;

import io.hawser.ssh.runner.Words;
import java.io.Serializable;

/**
 * A file that a run would write: what it is now and what it would be. Plain data, serialisable; of
 * confidential files nothing but that they differ.
 *
 * @param path its absolute path below the host's root
 * @param before what is there now: mode, size and SHA-256; empty when nothing is there
 * @param after what would be there, in the same words
 * @param hunks how the text changes, as a unified diff without the two lines that name the files;
 *     empty where only the mode differs, and for what is confidential, no text, or too long
 */
public record PlannedFile(String path, String before, String after, String hunks)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The change of the text as a unified diff that {@code patch -p1} reads; empty without one. */
  public String diff() {
    return diff("");
  }

  /**
   * The same with files that lie in a directory.
   *
   * @param directory what stands before the path, for example the address of the host
   */
  public String diff(CharSequence directory) {
    if (hunks.isEmpty()) {
      return "";
    }
    String name = Words.printable(directory + path);
    String slash = name.startsWith("/") ? "" : "/";
    String old = before.isEmpty() ? "/dev/null" : "a" + slash + name;
    return "--- " + old + "\n+++ b" + slash + name + "\n" + hunks;
  }
}
