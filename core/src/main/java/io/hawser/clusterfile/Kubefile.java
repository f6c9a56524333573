package io.hawser.clusterfile;

import io.hawser.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a Kubefile or Dockerfile says of an image. Variables are not expanded: {@code
 * $registryData} in a label is for the host's shell.
 */
final class Kubefile {
  private static final List<String> NAMES = List.of("Kubefile", "Dockerfile");

  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private List<String> entrypoint = List.of();
  private List<String> cmd = List.of();

  private Kubefile() {}

  /** Reads the file of a tree, if it has one. */
  static Optional<ImageDescription> in(Path tree) throws IOException {
    for (String name : NAMES) {
      Path file = tree.resolve(name);
      if (Files.isRegularFile(file)) {
        return Optional.of(parse(Files.readString(file)));
      }
    }
    return Optional.empty();
  }

  static ImageDescription parse(String text) {
    Kubefile file = new Kubefile();
    instructions(text).forEach(file::take);
    return new ImageDescription(file.labels, file.env, file.entrypoint, file.cmd);
  }

  private void take(String instruction) {
    String[] parts = instruction.strip().split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "FROM" -> {
        // Only the last stage becomes the image.
        labels.clear();
        env.clear();
        entrypoint = List.of();
        cmd = List.of();
      }
      case "LABEL" -> pairs(rest, labels);
      case "ENV" -> pairs(rest, env);
      case "ENTRYPOINT" -> entrypoint = command(rest);
      case "CMD" -> cmd = command(rest);
      default -> {
        // Says nothing about the image as a whole.
      }
    }
  }

  /** The words of the form with brackets; anything else is for a shell, as a builder writes it. */
  private static List<String> command(String rest) {
    try {
      if (JsonText.parse(rest) instanceof List<?> words) {
        return words.stream().map(String::valueOf).toList();
      }
    } catch (IllegalArgumentException e) {
      // Not that form.
    }
    return rest.isBlank() ? List.of() : List.of("/bin/sh", "-c", rest.strip());
  }

  /** Lines joined at a backslash; comment lines are left out, also between joined lines. */
  private static List<String> instructions(String text) {
    List<String> instructions = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("#")) {
        continue;
      }
      String stripped = line.stripTrailing();
      if (stripped.endsWith("\\")) {
        current.append(stripped, 0, stripped.length() - 1);
      } else {
        instructions.add(current.append(line).toString());
        current.setLength(0);
      }
    }
    instructions.add(current.toString());
    return instructions;
  }

  private static void pairs(String rest, Map<String, String> target) {
    List<String> words = words(rest);
    if (words.isEmpty()) {
      return;
    }
    if (words.get(0).indexOf('=') < 0) {
      // The old form: one key, and the rest of the line is its value.
      String[] parts = rest.strip().split("\\s+", 2);
      target.put(parts[0], parts.length > 1 ? String.join(" ", words(parts[1])) : "");
      return;
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        target.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
  }

  /** Words at blanks, quotes and escapes taken off as a shell does, but for variables. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        boolean escapes = quote == 0 || next == '"' || next == '\\' || next == '$';
        word.append(escapes ? "" : "\\").append(next);
        inWord = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
