package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Locale;

/** Why a change was not applied, as far as the host's system said so. */
public enum WriteProblem {
  /** It was applied. */
  NONE(),
  /** The file system is read-only. */
  READ_ONLY("Read-only file system"),
  /** The file or its directory is immutable or append-only. */
  IMMUTABLE("is immutable or append-only"),
  /** The user that Hawser became may not do that. */
  DENIED("Permission denied", "Operation not permitted"),
  /** A file stands where a directory is needed. */
  NOT_A_DIRECTORY("Not a directory", "is not a directory"),
  /** The file is a mount point or in use. */
  BUSY("resource busy", "Text file busy", "is mounted"),
  /** The disk, the quota or the inodes are used up. */
  NO_SPACE("No space left", "quota exceeded", "is the disk full", "Wrote only"),
  /** Others than root could lead the write elsewhere. */
  UNSAFE_PLACE("can be changed by others than root", "too far or out of"),
  /** Somebody else changed the file at the same time. */
  CHANGED_MEANWHILE("by somebody else meanwhile"),
  /** Anything else; the message says it. */
  OTHER();

  private final ImmutableList<String> words;

  WriteProblem(String... words) {
    this.words = ImmutableList.copyOf(words);
  }

  /** Finds out from the words of the agent and of the host's tools, whose locale is C. */
  static WriteProblem of(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(problem -> problem.words.stream().anyMatch(w -> text.contains(lower(w))))
        .findFirst()
        .orElse(OTHER);
  }

  private static String lower(String words) {
    return words.toLowerCase(Locale.ROOT);
  }
}
