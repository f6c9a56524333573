package io.hawser.lab.bench;

import io.hawser.template.Templates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders templates and says how long that took. It answers each line of its standard input, a
 * number, with one of seconds: those of rendering all templates so many times.
 */
final class TemplateRenders {
  private record Case(String template, Map<String, String> values, String expected) {}

  private TemplateRenders() {}

  /**
   * Takes a directory with files {@code N.tmpl}, {@code N.values} (a key, {@code =} and a value on
   * each line) and {@code N.out}, what real Go makes of them.
   */
  public static void main(String... arguments) throws IOException {
    List<Case> cases = cases(Path.of(arguments[0]));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      int times = Integer.parseInt(line);
      long start = System.nanoTime();
      long length = 0;
      for (int i = 0; i < times; i++) {
        for (Case one : cases) {
          length += Templates.render(one.template(), "t", one.values()).length();
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      check(cases, length / times);
      System.out.println(String.format(Locale.ROOT, "%.6f", seconds));
    }
  }

  private static List<Case> cases(Path directory) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; Files.exists(directory.resolve(i + ".tmpl")); i++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : Files.readAllLines(directory.resolve(i + ".values"))) {
        int equals = line.indexOf('=');
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
      String template = Files.readString(directory.resolve(i + ".tmpl"));
      String expected = Files.readString(directory.resolve(i + ".out"));
      cases.add(new Case(template, values, expected));
    }
    return cases;
  }

  private static void check(List<Case> cases, long length) {
    long expected = 0;
    for (Case one : cases) {
      if (!Templates.render(one.template(), "t", one.values()).equals(one.expected())) {
        throw new IllegalStateException("another text than Go's for\n" + one.template());
      }
      expected += one.expected().length();
    }
    if (cases.isEmpty() || length != expected) {
      throw new IllegalStateException(length + " characters, expected " + expected);
    }
  }
}
