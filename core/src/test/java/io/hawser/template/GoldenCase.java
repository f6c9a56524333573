package io.hawser.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A template, its values, and what Go makes of them: a text or a refusal. The form of the files is
 * told in lab/golden/golden.go, which writes the answers.
 */
record GoldenCase(String file, String name, String template, Map<String, ?> values, String answer) {

  /** All cases of a directory, each with its answer. */
  static List<GoldenCase> in(Path directory) {
    try (var files = Files.list(directory)) {
      List<GoldenCase> cases = new ArrayList<>();
      files
          .filter(file -> file.toString().matches(".*\\.(cases|lines)"))
          .sorted()
          .forEach(file -> cases.addAll(of(file)));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GoldenCase> of(Path file) {
    List<String> lines = lines(file);
    List<String> answers = lines(Path.of(file + ".golden"));
    boolean blocks = file.toString().endsWith(".cases");
    String shared = "{}";
    List<GoldenCase> cases = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String name = line;
      String template = line;
      String values = shared;
      if (blocks && line.startsWith("=== ")) {
        name = line.substring(4);
        if (i + 1 < lines.size() && lines.get(i + 1).startsWith("values: ")) {
          values = lines.get(++i).substring(8);
        }
        int start = i + 1;
        while (i + 1 < lines.size() && !lines.get(i + 1).startsWith("=== ")) {
          i++;
        }
        template = String.join("\n", lines.subList(start, i + 1));
      } else if (line.startsWith("values: ")) {
        shared = line.substring(8);
        continue;
      } else if (line.isEmpty() || line.startsWith("# ")) {
        continue;
      }
      int at = cases.size() * 2;
      if (at + 1 >= answers.size() || !answers.get(at).equals("=== " + name)) {
        throw new IllegalStateException("no answer for " + name + ": run lab/golden/regenerate");
      }
      String fileName = file.getFileName().toString();
      cases.add(new GoldenCase(fileName, name, template, map(values), answers.get(at + 1)));
    }
    return cases;
  }

  private static List<String> lines(Path file) {
    try {
      // By "\n" alone: Files.lines would take a carriage return for an end of line, too.
      String text = Files.readString(file);
      String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return List.of(body.split("\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ?> map(String json) {
    return entries((GoMap) JsonReader.read(json, new Budget()));
  }

  private static Object java(Object value) {
    if (value instanceof GoMap map) {
      if (map.size() == 1 && map.has("$int")) {
        return ((Double) map.get("$int")).longValue();
      }
      return entries(map);
    } else if (value instanceof GoList list) {
      List<Object> copy = new ArrayList<>();
      list.items().forEach(item -> copy.add(java(item)));
      return copy;
    }
    return value;
  }

  private static Map<String, Object> entries(GoMap map) {
    Map<String, Object> copy = new HashMap<>();
    map.names().forEach(name -> copy.put(name, java(map.get(name))));
    return copy;
  }

  boolean isRefused() {
    return answer.startsWith("ERROR");
  }

  /** The bytes that Go writes. */
  String text() {
    return (String) JsonReader.read(answer, new Budget());
  }

  /** What differs here from Go's answer; empty if nothing does. */
  String difference() {
    String rendered;
    try {
      rendered = Templates.render(template, "t", values);
    } catch (TemplateException e) {
      return isRefused() ? "" : told("refused: " + e.getMessage());
    }
    if (isRefused()) {
      return told(new JsonWriter(new Budget(), "", false).write(rendered));
    }
    return rendered.equals(text())
        ? ""
        : told(new JsonWriter(new Budget(), "", false).write(rendered));
  }

  private String told(String here) {
    return file + ": " + name + "\n  values " + values + "\n  Go   " + answer + "\n  here " + here;
  }
}
