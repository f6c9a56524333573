package io.hawser.host;

import org.jspecify.annotations.Nullable;

/**
 * One thing to do so that a directory of a host holds a tree.
 *
 * @param how in which way
 * @param rank when: lower ranks first
 * @param path below the directory
 * @param type what shall be there
 * @param mode its mode
 * @param oldMode the mode that is there, for {@code MODE}
 * @param file the entry of the tree; null for a directory that only holds others
 */
record TreeStep(
    How how,
    int rank,
    String path,
    TreeFile.Type type,
    int mode,
    int oldMode,
    @Nullable TreeFile file) {
  /** In which way a step is done; the letters of the protocol. */
  enum How {
    /** Nothing is there. */
    NEW("n"),
    /** Inside a new directory, with which it is moved. */
    INSIDE("i"),
    /** Something else is there and is kept for undo. */
    REPLACE("r"),
    /** Only the mode differs. */
    MODE("m");

    private final String letter;

    How(String letter) {
      this.letter = letter;
    }
  }

  /** Where it lies in the staging. */
  String staged() {
    return rank + "/" + path;
  }

  boolean isSent() {
    return how != How.MODE;
  }

  boolean isFile() {
    return type == TreeFile.Type.FILE;
  }

  /**
   * The line for the agent.
   *
   * @param sha256 of a file that is sent
   */
  String line(String sha256) {
    return String.join(" ", how.letter, kind(), value(sha256), WireField.encode(staged()));
  }

  private String kind() {
    return switch (type) {
      case FILE -> "f";
      case DIRECTORY -> "d";
      case LINK -> "l";
    };
  }

  private String value(String sha256) {
    if (how == How.MODE) {
      return Operations.mode(mode) + "," + Operations.mode(oldMode);
    }
    return switch (type) {
      case FILE -> sha256;
      case DIRECTORY -> Operations.mode(mode);
      case LINK -> WireField.encode(file == null ? "" : file.linkTarget());
    };
  }
}
