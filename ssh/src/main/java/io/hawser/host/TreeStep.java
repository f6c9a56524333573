package io.hawser.host;

/**
 * One thing to do so that a directory of a host holds a tree.
 *
 * @param how in which way
 * @param rank when: lower ranks first
 * @param path below the directory
 * @param mode its mode
 * @param oldMode the mode that is there, for {@code MODE}
 * @param tree where the entry stands
 * @param index of the entry
 */
record TreeStep(
    How how, int rank, String path, int mode, int oldMode, TreeColumns tree, int index) {
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

  TreeFile.Type type() {
    return tree.type(index);
  }

  TreeFile file() {
    return tree.file(index);
  }

  /** Where it lies in the staging. */
  String staged() {
    return rank + "/" + path;
  }

  boolean isSent() {
    return how != How.MODE;
  }

  boolean isFile() {
    return type() == TreeFile.Type.FILE;
  }

  /** The bytes of a file; else 0. */
  long size() {
    return tree.size(index);
  }

  /** The line for the agent. */
  String line() {
    return String.join(" ", how.letter, kind(), value(), WireField.encode(staged()));
  }

  private String kind() {
    return switch (type()) {
      case FILE -> "f";
      case DIRECTORY -> "d";
      case LINK -> "l";
    };
  }

  private String value() {
    if (how == How.MODE) {
      return Operations.mode(mode) + "," + Operations.mode(oldMode);
    }
    return switch (type()) {
      case FILE -> tree.digest(index);
      case DIRECTORY -> Operations.mode(mode);
      case LINK -> WireField.encode(file().linkTarget());
    };
  }
}
