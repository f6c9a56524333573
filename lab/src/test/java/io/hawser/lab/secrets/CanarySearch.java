package io.hawser.lab.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks for canaries, in every form, in texts and files. */
public final class CanarySearch {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private static final int CONTEXT = 150;

  /** Needles, with the canary and form that they are. */
  private final Map<String, String> needles = new LinkedHashMap<>();

  /** Looks for these. */
  public CanarySearch(Collection<Canary> canaries) {
    for (Canary canary : canaries) {
      canary
          .forms()
          .forEach((form, needle) -> needles.putIfAbsent(needle, canary.name() + ", " + form));
    }
  }

  /** What was found in a text, as kind of secret and form. */
  public List<String> in(String text) {
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return inBytes(bytes);
  }

  /** What was found in bytes that were read as ISO 8859-1. */
  public List<String> inBytes(String bytes) {
    // base64 and hexadecimal output comes in lines, which may break anywhere.
    String joined = bytes.replace("\r", "").replace("\n", "");
    List<String> found = new ArrayList<>();
    needles.forEach(
        (needle, what) -> {
          int at = joined.indexOf(needle);
          if (at >= 0 || bytes.contains(needle)) {
            found.add(what + ": " + around(joined, at, needle));
          }
        });
    return found;
  }

  /** Where it was found, for whoever has to find out how it came there. */
  private static String around(String text, int at, String needle) {
    int start = Math.max(0, at - CONTEXT);
    int end = Math.min(text.length(), at + needle.length() + CONTEXT);
    return text.substring(start, end);
  }

  /** The files below a directory that hold a canary. */
  public Map<Path, List<String>> files(Path directory) {
    Map<Path, List<String>> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        List<String> hits = inBytes(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!hits.isEmpty()) {
          found.put(file, hits);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Whether somebody else than its owner may do something with a file. */
  public static boolean isWide(Path file) {
    try {
      return !OWNERS.containsAll(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
