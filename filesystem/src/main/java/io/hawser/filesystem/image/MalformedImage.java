package io.hawser.filesystem.image;

import java.io.IOException;

/** What is wrong in an archive; {@link UnpackedImages} puts the archive's name in front. */
final class MalformedImage extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 200;

  MalformedImage(String message) {
    super(message);
  }

  MalformedImage(String message, Throwable cause) {
    super(message, cause);
  }

  /** A name from an archive in quotes, short and without what a terminal would obey. */
  static String quoted(String name) {
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }
}
