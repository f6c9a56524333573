package io.hawser.filesystem.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a layer whose names are known to stay in the tree.
 *
 * @param path below the tree's root, without empty parts, {@code .} and {@code ..}; empty for the
 *     root itself
 * @param mode the permission bits
 * @param size the length of a file's content
 * @param target what a link points at: as it stands for a symbolic one, a path for a hard one
 */
record LayerEntry(Kind kind, String path, int mode, long size, String target) {
  /** What an entry is; the last two are the OCI image specification's ways to take away. */
  enum Kind {
    DIRECTORY,
    FILE,
    SYMBOLIC_LINK,
    HARD_LINK,
    /** What lower layers have at the path is gone. */
    WHITEOUT,
    /** What lower layers have in the directory is gone. */
    OPAQUE
  }

  private static final String WHITEOUT_PREFIX = ".wh.";

  /** Also the start of names that a builder keeps for itself. */
  private static final String OPAQUE_PREFIX = ".wh..wh.";

  private static final String OPAQUE_NAME = OPAQUE_PREFIX + ".opq";

  /** The type flags of a file: new, old, and one that lies in one piece. */
  private static final String FILES = "0\0007";

  private static final int PERMISSIONS = 07777;
  private static final int DEEPEST = 128;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TARGET = 4095;

  /**
   * Judges an entry by itself.
   *
   * @return null for what has no meaning in a tree
   * @throws MalformedImage if it must not be unpacked
   */
  static @Nullable LayerEntry of(TarArchiveEntry entry) throws IOException {
    String shown = entry.getName();
    if (!entry.isCheckSumOK()) {
      throw refused(shown, "has a header with a wrong checksum");
    }
    if (entry.isSparse()) {
      throw refused(shown, "is a sparse file, which layers do not have");
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      throw refused(shown, "is a device or pipe, which no host is sent");
    }
    String path = normal(shown, shown);
    String name = path.substring(path.lastIndexOf('/') + 1);
    String parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
    if (name.startsWith(WHITEOUT_PREFIX)) {
      return whiteout(name, parent, shown);
    }
    int mode = entry.getMode() & PERMISSIONS;
    if (entry.isDirectory()) {
      return new LayerEntry(Kind.DIRECTORY, path, mode, 0, "");
    }
    if (path.isEmpty()) {
      throw refused(shown, "would take the place of the tree");
    }
    if (entry.isSymbolicLink()) {
      return new LayerEntry(Kind.SYMBOLIC_LINK, path, mode, 0, target(entry));
    }
    if (entry.isLink()) {
      return new LayerEntry(Kind.HARD_LINK, path, mode, 0, normal(entry.getLinkName(), shown));
    }
    if (FILES.indexOf(entry.getLinkFlag()) < 0 || entry.getSize() < 0) {
      throw refused(shown, "is of a type that is not known");
    }
    return new LayerEntry(Kind.FILE, path, mode, entry.getSize(), "");
  }

  private static @Nullable LayerEntry whiteout(String name, String parent, String shown)
      throws IOException {
    if (name.equals(OPAQUE_NAME)) {
      return new LayerEntry(Kind.OPAQUE, parent, 0, 0, "");
    }
    if (name.startsWith(OPAQUE_PREFIX)) {
      return null;
    }
    String gone = name.substring(WHITEOUT_PREFIX.length());
    if (gone.isEmpty() || gone.equals(".") || gone.equals("..")) {
      throw refused(shown, "would take away what is not in the tree");
    }
    return new LayerEntry(Kind.WHITEOUT, parent.isEmpty() ? gone : parent + "/" + gone, 0, 0, "");
  }

  /**
   * A name without needless parts.
   *
   * @param shown the entry, for the message
   * @throws MalformedImage if it leads out of the tree or cannot be the name of a file
   */
  static String normal(String name, String shown) throws IOException {
    if (name.startsWith("/")) {
      throw refused(shown, "has an absolute path");
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw refused(shown, "climbs out of the tree");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw refused(shown, "has a name of more than 255 bytes");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
      if (parts.size() > DEEPEST) {
        throw refused(shown, "lies more than " + DEEPEST + " directories deep");
      }
    }
    return line(String.join("/", parts), shown);
  }

  private static String target(TarArchiveEntry entry) throws IOException {
    String target = line(entry.getLinkName(), entry.getName());
    if (target.isEmpty() || target.getBytes(StandardCharsets.UTF_8).length > LONGEST_TARGET) {
      throw refused(entry.getName(), "is a link to nothing, or to more than 4,095 bytes");
    }
    return target;
  }

  private static String line(String text, String shown) throws IOException {
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw refused(shown, "holds a line break or NUL in a name, which no host can be sent");
    }
    if (!isWritable(text)) {
      throw refused(
          shown,
          "has a name that this JVM cannot write in its encoding of file names: start it in a UTF-8"
              + " locale such as C.UTF-8");
    }
    return text;
  }

  private static boolean isWritable(String text) {
    try {
      return Path.of(text).getNameCount() >= 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static MalformedImage refused(String shown, String why) {
    return new MalformedImage("entry " + MalformedImage.quoted(shown) + " " + why);
  }
}
