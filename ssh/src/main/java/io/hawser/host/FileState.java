package io.hawser.host;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file as it is on a host, or as it shall be. */
final class FileState {
  static final FileState MISSING = new FileState(-1, new byte[0], "");

  /** What is said of content that others may not see. */
  static final String HIDDEN = "content not shown";

  private static final int LONGEST_SHOWN = 64 << 10;
  private static final int WORLD_MAY_READ = 04;
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}&&[^\n\t\r]]");
  private static final Pattern MODE = Pattern.compile("mode ([0-7]{1,6})");

  private final int mode;
  private final byte[] content;
  private final String words;

  /**
   * Makes one.
   *
   * @param mode its permission bits; -1 when nothing is there, or no file
   * @param content its bytes, which nobody changes
   * @param words what is known of it when it is no file
   */
  private FileState(int mode, byte[] content, String words) {
    this.mode = mode;
    this.content = content;
    this.words = words;
  }

  /** A text. */
  static FileState of(int mode, String text) {
    return new FileState(mode, text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** Bytes in the place of those of another file, whose mode stays. */
  static FileState inPlaceOf(FileState other, byte[] bytes) {
    return new FileState(other.mode < 0 ? 0644 : other.mode, bytes, "");
  }

  /** What lies at a path of a host, a link followed. Only looks. */
  static FileState read(AgentClient agent, String path) {
    List<String> answer = agent.call(AgentClient.NOTHING, "read", path);
    if (answer.contains("kind missing")) {
      return MISSING;
    }
    if (!answer.contains("kind file")) {
      return new FileState(-1, new byte[0], "no file");
    }
    int mode =
        answer.stream()
            .map(MODE::matcher)
            .filter(Matcher::matches)
            .map(found -> Integer.parseInt(found.group(1), 8))
            .findFirst()
            .orElseThrow(() -> agent.unexpected(answer.get(0), "read"));
    return new FileState(mode, agent.data(answer, "read"), "");
  }

  /** Whether nothing is there. */
  boolean isMissing() {
    return !isFile() && words.isEmpty();
  }

  boolean isFile() {
    return mode >= 0;
  }

  /** Whether others than its owner and group may not see it. */
  boolean isConfidential() {
    return isFile() && isConfidential(mode);
  }

  /** The same of a mode. */
  static boolean isConfidential(int mode) {
    return (mode & WORLD_MAY_READ) == 0;
  }

  /** Its bytes; empty when nothing is there. */
  Optional<byte[]> bytes() {
    return isFile() ? Optional.of(content) : Optional.empty();
  }

  boolean isSame(FileState other) {
    return mode == other.mode && exact().equals(other.exact());
  }

  /** All that is known of it; not to be shown, since of what is confidential it tells too much. */
  String exact() {
    return isFile() ? mode + " " + Hashing.sha256().hashBytes(content) : words;
  }

  /** For people: mode, size and digest. */
  String shown(boolean confidential) {
    if (!isFile()) {
      return words;
    }
    String digest = Hashing.sha256().hashBytes(content).toString();
    return shown(mode, confidential ? HIDDEN : content.length + " bytes sha256:" + digest);
  }

  /** The same of a file whose content is not at hand. */
  static String shown(int mode, String what) {
    return Operations.mode(mode & 07777) + " " + what;
  }

  /** The text, if it is one that can be shown line by line. */
  Optional<String> text() {
    if (content.length > LONGEST_SHOWN) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(text).filter(shown -> !UNSEEN.matcher(shown).find());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** How a file at a path goes from one state to another. */
  static PlannedFile planned(String path, FileState before, FileState after, boolean secret) {
    boolean hidden = secret || before.isConfidential() || after.isConfidential();
    String hunks = "";
    if (!hidden) {
      Optional<String> old = before.isFile() ? before.text() : Optional.of("");
      hunks = old.flatMap(from -> after.text().map(to -> TextDiff.hunks(from, to))).orElse("");
    }
    return new PlannedFile(path, before.shown(hidden), after.shown(hidden), hunks);
  }
}
