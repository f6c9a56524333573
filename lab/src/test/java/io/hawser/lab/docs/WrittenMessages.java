package io.hawser.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that the sources can write: of Java each statement's string literals, of shell each
 * string in double quotes; what is computed between them is left out. The mock's are not among
 * them, since it only repeats what others say.
 */
final class WrittenMessages {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//[^\\n]*");
  private static final Pattern LITERAL =
      Pattern.compile("'(?:[^'\\\\\\n]|\\\\[^\\n]{1,5})'|\"((?:[^\"\\\\\\n]++|\\\\.)*+)\"");
  private static final Pattern SAID = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private final List<List<String>> statements = new ArrayList<>();

  /** Reads all sources below a directory. */
  static WrittenMessages below(List<Path> directories) throws IOException {
    WrittenMessages messages = new WrittenMessages();
    for (Path directory : directories) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          messages.read(file);
        }
      }
    }
    return messages;
  }

  private void read(Path file) throws IOException {
    String name = file.toString();
    if (name.endsWith(".java") && !name.contains("/mock/")) {
      addJava(Files.readString(file));
    } else if (name.endsWith(".sh")) {
      SAID.matcher(Files.readString(file)).results().forEach(hit -> add(List.of(hit.group(1))));
    }
  }

  void addJava(String source) {
    String text = COMMENT.matcher(source).replaceAll("");
    List<String> parts = new ArrayList<>();
    int end = 0;
    Matcher matcher = LITERAL.matcher(text);
    for (MatchResult hit : matcher.results().toList()) {
      String between = text.substring(end, hit.start());
      if (between.matches("(?s).*[;{}].*")) {
        add(parts);
        parts = new ArrayList<>();
      }
      if (hit.group(1) != null) {
        String literal = hit.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
        if (!parts.isEmpty() && between.matches("\\s*\\+\\s*")) {
          literal = parts.remove(parts.size() - 1) + literal;
        }
        parts.add(literal);
      }
      end = hit.end();
    }
    add(parts);
  }

  private void add(List<String> parts) {
    if (!parts.isEmpty()) {
      statements.add(List.copyOf(parts));
    }
  }

  /** Whether one statement can write this; {@code …} stands for what it computes. */
  boolean canSay(String quoted) {
    List<String> wanted =
        Stream.of(quoted.split("…", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    return !wanted.isEmpty()
        && statements.stream().anyMatch(statement -> holdsInOrder(statement, wanted));
  }

  private static boolean holdsInOrder(List<String> statement, List<String> wanted) {
    String all = String.join("\0", statement);
    int at = 0;
    for (String part : wanted) {
      int found = all.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
