package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the list that is committed and, from the journal, taken back.
 *
 * @param how {@code n} new, {@code i} inside a new directory, {@code r} replaces, {@code m} mode
 * @param kind {@code d}, {@code f} or {@code l}
 * @param value digest, target or modes, as kind and how have it
 * @param ranked the path with its rank in front
 */
record TreeLine(char how, char kind, String value, String ranked) {
  private static final String END = "end\n";
  private static final Pattern STATED =
      Pattern.compile(
          "(?:.*/)?blobs/sha256/(?:[0-9a-f]{2}/(?=[^/]*/data))?([0-9a-f]{64})(?:/data)?"
              + "|(?:.*/)?sha256/([^/]*)/link");

  /** A list without its last line, which says that it is whole. */
  static byte[] uncut(byte[] list) {
    String text = new String(list, StandardCharsets.UTF_8);
    if (!text.equals(END) && !text.endsWith("\n" + END)) {
      throw new AgentFailure("commit: the list is cut");
    }
    return text.substring(0, text.length() - END.length()).getBytes(StandardCharsets.UTF_8);
  }

  static List<TreeLine> all(byte[] list) {
    return new String(list, StandardCharsets.UTF_8)
        .lines()
        .map(AgentFields::split)
        .map(
            fields ->
                new TreeLine(
                    fields.get(0).charAt(0),
                    fields.get(1).charAt(0),
                    AgentFields.text(fields.get(2)),
                    AgentFields.text(fields.get(3))))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Whether the path states what is written there: it is that of a blob, or of what points at one,
   * in a registry's storage or an image layout.
   */
  boolean isStated() {
    Matcher stated = STATED.matcher(path());
    if (kind != 'f' || how == 'm' || !stated.matches()) {
      return false;
    }
    String digest = stated.group(1);
    return digest != null ? digest.equals(value) : isPointer(stated.group(2));
  }

  private boolean isPointer(String digest) {
    byte[] pointer = ("sha256:" + digest).getBytes(StandardCharsets.UTF_8);
    return MemoryNode.file(0, pointer).sha256().equals(value);
  }

  String path() {
    return ranked.substring(ranked.indexOf('/') + 1);
  }

  /** The mode that was set. */
  int mode() {
    return Integer.parseInt(value.replaceFirst(",.*", ""), 8);
  }

  /** The mode before it was set. */
  int modeBefore() {
    return Integer.parseInt(value.replaceFirst(".*,", ""), 8);
  }
}
