package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A systemd unit file, as far as embedded hosts need it.
 *
 * @param name with its suffix, for example {@code registry.service}
 * @param text the file as it was loaded
 * @param values by {@code Section.Key}, in the order of the file
 */
record UnitFile(String name, String text, ImmutableListMultimap<String, String> values) {

  static UnitFile parse(String name, String text) {
    ImmutableListMultimap.Builder<String, String> values = ImmutableListMultimap.builder();
    String section = "";
    for (String raw : text.replace("\\\n", " ").lines().toList()) {
      String line = raw.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
      } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        values.put(
            section + "." + line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return new UnitFile(name, text, values.build());
  }

  /** The last value of a key. */
  Optional<String> get(String key) {
    ImmutableList<String> all = values.get(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  String description() {
    return get("Unit.Description").orElse(name);
  }

  boolean isOneshot() {
    return get("Service.Type").orElse("simple").equals("oneshot");
  }

  boolean remainsAfterExit() {
    return List.of("yes", "true", "1", "on")
        .contains(get("Service.RemainAfterExit").orElse("no").toLowerCase(Locale.ROOT));
  }

  /** The targets of {@code [Install]}. */
  List<String> wantedBy() {
    return values.get("Install.WantedBy").stream().flatMap(value -> words(value).stream()).toList();
  }

  /** The words of {@code Environment}, each {@code NAME=value}. */
  List<String> environment() {
    return values.get("Service.Environment").stream()
        .flatMap(value -> words(value).stream())
        .toList();
  }

  /** Program and arguments of {@code ExecStart}, without the program's prefix signs. */
  List<String> command() {
    List<String> words = new ArrayList<>(words(get("Service.ExecStart").orElse("")));
    if (!words.isEmpty()) {
      words.set(0, words.get(0).replaceFirst("^[-@:+!]+", ""));
    }
    return words;
  }

  /** Splits at blanks outside of quotes; a backslash takes the next character as it is. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
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
