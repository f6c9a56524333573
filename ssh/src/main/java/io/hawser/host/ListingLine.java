package io.hawser.host;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the lines of a listing, which a hostile host may have written: what the agent never says is
 * none of them. A path leads nowhere but below the directory that was asked for.
 */
final class ListingLine {
  /** The client cuts longer lines into pieces; no path is so long. */
  static final int LONGEST = 20_000;

  private static final Pattern MODE = Pattern.compile("[0-7]{1,4}");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,19}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final ListingReader.Visitor visitor;
  private final boolean entries;
  private final boolean digests;
  private final boolean shortcuts;
  private boolean begun;
  private boolean relays;
  private boolean over;
  private boolean room;
  private boolean listed;
  private String link = "";

  private ListingLine(
      ListingReader.Visitor visitor, boolean entries, boolean digests, boolean shortcuts) {
    this.visitor = visitor;
    this.entries = entries;
    this.digests = digests;
    this.shortcuts = shortcuts;
  }

  /**
   * Names without digests.
   *
   * @param shortcuts whether it may say that all is unchanged, or that a staging is there
   */
  static ListingLine names(ListingReader.Visitor visitor, boolean shortcuts) {
    return new ListingLine(visitor, true, false, shortcuts);
  }

  /** Digests without names. */
  static ListingLine digests(ListingReader.Visitor visitor) {
    return new ListingLine(visitor, false, true, false);
  }

  /** Names and digests. */
  static ListingLine all(ListingReader.Visitor visitor) {
    return new ListingLine(visitor, true, true, false);
  }

  /** Tells the visitor what a line says; false when it says nothing that was asked for. */
  boolean isRead(String line) {
    boolean first = !begun;
    begun = true;
    if (over || line.length() > LONGEST) {
      return false;
    }
    if (line.length() == 1) {
      return first && shortcuts && isShortcut(line);
    }
    if ((line.length() < 3 && !line.equals("t ")) || line.charAt(1) != ' ') {
      return false;
    }
    String rest = line.substring(2);
    String pending = link;
    link = "";
    // The two lines of a link come together.
    if (pending.isEmpty() != (line.charAt(0) != 't')) {
      return false;
    }
    listed |= line.charAt(0) != 'v';
    return switch (line.charAt(0)) {
      case 'd' -> entries && isDirectory(rest);
      case 'f' -> entries && isFile(rest);
      case 'l' -> entries && isLink(rest);
      case 't' -> isTarget(pending, rest);
      case 'o' -> entries && isOther(rest);
      case 's' -> digests && isDigest(rest);
      case 'v' -> shortcuts && isRoom(rest);
      default -> false;
    };
  }

  private boolean isShortcut(String line) {
    switch (line) {
      case "u" -> {
        over = true;
        visitor.unchanged();
      }
      case "w" -> visitor.staging();
      case "r" -> {
        boolean again = relays;
        relays = true;
        begun = false; // the others may follow
        visitor.relays();
        return !again;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean isDirectory(String rest) {
    String[] parts = rest.split(" ", 2);
    if (parts.length < 2 || !isMode(parts[0]) || !isBelow(parts[1])) {
      return false;
    }
    visitor.entry(parts[1], TreeFile.Type.DIRECTORY, mode(parts[0]), 0, "");
    return true;
  }

  private boolean isFile(String rest) {
    String[] parts = rest.split(" ", 4);
    if (parts.length < 4 || !isMode(parts[0]) || !parts[2].equals("-") || !isBelow(parts[3])) {
      return false;
    }
    OptionalLong size = size(parts[1]);
    size.ifPresent(bytes -> visitor.entry(parts[3], TreeFile.Type.FILE, mode(parts[0]), bytes, ""));
    return size.isPresent();
  }

  /** It comes once, before all entries. */
  private boolean isRoom(String rest) {
    String[] parts = rest.split(" ", 2);
    if (room || listed || parts.length < 2 || !isAmount(parts[0]) || !isAmount(parts[1])) {
      return false;
    }
    room = true;
    visitor.room(new TreeRoom.Free(amount(parts[0]), amount(parts[1])));
    return true;
  }

  private static boolean isAmount(String word) {
    return word.equals("-") || size(word).isPresent();
  }

  private static long amount(String word) {
    return size(word).orElse(Long.MAX_VALUE);
  }

  private static OptionalLong size(String digits) {
    try {
      return SIZE.matcher(digits).matches()
          ? OptionalLong.of(Long.parseLong(digits))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 2^63 and more
    }
  }

  private boolean isLink(String rest) {
    link = rest;
    return isBelow(rest);
  }

  /** A link that vanished while it was read has no target. */
  private boolean isTarget(String path, String target) {
    if (target.isEmpty()) {
      visitor.entry(path, null, 0, 0, "");
    } else {
      visitor.entry(path, TreeFile.Type.LINK, 0777, 0, target);
    }
    return true;
  }

  private boolean isOther(String rest) {
    if (!isBelow(rest)) {
      return false;
    }
    visitor.entry(rest, null, 0, 0, "");
    return true;
  }

  private boolean isDigest(String rest) {
    String[] parts = rest.split(" ", 2);
    if (parts.length < 2 || !SHA256.matcher(parts[0]).matches() || !isBelow(parts[1])) {
      return false;
    }
    visitor.digest(parts[1], parts[0]);
    return true;
  }

  private static boolean isMode(String octal) {
    return MODE.matcher(octal).matches();
  }

  private static int mode(String octal) {
    return Integer.parseInt(octal, 8);
  }

  /** Whether it is a plain path below the directory. */
  private static boolean isBelow(String path) {
    if (path.indexOf('\0') >= 0) {
      return false;
    }
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      int length = end - start;
      boolean dots = length > 0 && length <= 2 && path.startsWith("..".substring(0, length), start);
      if (length == 0 || dots) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }
}
